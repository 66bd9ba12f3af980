/** Benchmarks of Larder, run by {@code ./dev bench}: one program in each package, and what they share. */
package dev.larder.bench;
