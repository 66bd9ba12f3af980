/** The stores through {@code ICacheService}, against their bare clients. */
package dev.larder.bench.stores;
