package dev.larder.policy;

import dev.larder.CacheKeyGenerator;
import dev.larder.http.CachingRules;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.StringJoiner;

/**
 * How one method is cached: annotation and configuration, merged and validated.
 *
 * @param beanClass the class of the bean or resource, never a proxy's
 * @param method the method; a superclass may declare it
 * @param kind whether its response or its return value is cached
 * @param enabled if false, the annotation does nothing
 * @param backend the name of a configured backend
 * @param ttl how long an entry lives; zero stores nothing
 * @param keyPrefix the annotation's prefix; may be empty
 * @param effectivePrefix the annotation's prefix, else the backend's
 * @param version the version in the key
 * @param keyGenerator creates the key; {@link CacheKeyGenerator} itself means the default key
 * @param lockTimeout how long concurrent callers wait for the leader
 * @param maxBodyBytes the largest body that is stored
 * @param cacheStatus whether to add the Cache-Status field
 * @param cacheGroups whether the client sees the groups of a response (RFC 9875)
 * @param rules the members about HTTP; if the lifetime is the response's own, {@code ttl} is not used
 * @param queryParams the only query parameters that are part of the key; empty means the whole query
 * @param tags the tags of what is stored
 */
public record CachePolicy(
        Class<?> beanClass,
        Method method,
        Kind kind,
        boolean enabled,
        String backend,
        Duration ttl,
        String keyPrefix,
        String effectivePrefix,
        String version,
        Class<? extends CacheKeyGenerator> keyGenerator,
        Duration lockTimeout,
        int maxBodyBytes,
        boolean cacheStatus,
        boolean cacheGroups,
        CachingRules rules,
        List<String> queryParams,
        MethodTags tags) {

    /** What is cached of a method. */
    public enum Kind {
        /** The written response of a Jakarta REST resource method for GET. */
        RESPONSE,
        /** The return value. */
        VALUE
    }

    /** Whether the method is cached at all. */
    public boolean active() {
        return enabled && !ttl.isZero();
    }

    /** Whether the default key is used. */
    public boolean defaultKey() {
        return keyGenerator == CacheKeyGenerator.class;
    }

    /** Class, method and parameter types: {@code com.acme.BookResource.list(String,int)}. */
    public String signature() {
        return signature(beanClass, method);
    }

    /** Class, method and parameter types. */
    public static String signature(Class<?> beanClass, Method method) {
        StringJoiner parameters = new StringJoiner(",", "(", ")");
        for (Class<?> type : method.getParameterTypes()) {
            String name = type.getTypeName();
            parameters.add(name.startsWith("java.lang.") ? name.substring(10) : name);
        }
        return beanClass.getName() + "." + method.getName() + parameters;
    }

    /** The default key without its varying part: the annotation's prefix, if any, and the method. */
    public String keyRoot() {
        return keyPrefix.isEmpty() ? signature() : keyPrefix + ":" + signature();
    }
}
