/** What Larder takes: heap, bytes of the jar, time of a deployment. One program each. */
package dev.larder.bench.footprint;
