package dev.larder.jmx;

/** A backend, and the methods that are cached in it. */
public interface BackendMXBean extends CacheMXBean {

    /** The type: {@code local}, {@code redis}, {@code memcached}, {@code xmemcached} or another backend's. */
    String getType();

    /** How many entries the store holds for this backend; -1 if it does not report it. */
    long getEntries();

    /** The bytes of their keys and values; -1 if the store does not report it. */
    long getBytes();

    /** How often tags were invalidated, or {@code clear} was called. */
    long getInvalidations();
}
