package dev.larder.statistics;

/**
 * One backend at one moment. Immutable.
 *
 * @param name the configured name, such as {@code default}
 * @param type {@code local}, {@code redis}, {@code memcached}, {@code xmemcached}, or the type or class of another backend
 * @param counts the counts since deployment, those of its cached methods among them
 */
public record BackendStatistics(String name, String type, CountsSnapshot counts, StoreState store) {}
