package dev.larder.jmx;

/** A cached method. Removals, evictions, failures, the breaker and the times of the store are those of its backend. */
public interface MethodMXBean extends CacheMXBean {

    /** The name of the backend. */
    String getBackend();

    /** How long an entry lives, in ISO 8601; {@code from-response} if the response determines it. */
    String getTtl();
}
