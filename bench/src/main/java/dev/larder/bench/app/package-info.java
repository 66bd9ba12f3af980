/** The application that the HTTP benchmark deploys: the same bytes, by three resources. */
package dev.larder.bench.app;
