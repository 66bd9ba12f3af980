package dev.larder;

import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.temporal.ChronoUnit;

/**
 * Caches what a method answers. On a Jakarta REST resource method that answers GET, the written response (status, header
 * fields and bytes) is stored and replayed; on any other method of a CDI bean, the return value is.
 *
 * <p>A method's annotation replaces its type's. On a type it covers every resource method that answers GET. Every member
 * can be overridden by configuration, most specific first: {@code cache."<class name>/<method name>".<member>},
 * {@code cache."<class name>".<member>}, {@code cache.<member>}, with the member's name in kebab-case.
 *
 * <p>Misuse (an unknown backend, a negative ttl, a method that cannot be intercepted) makes the deployment fail with a
 * {@code DeploymentException} that lists every problem of the deployment. An annotation is never silently ignored.
 */
@Inherited
@Documented
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Cache {

    /** A {@link #ttl()} meaning the backend's own, {@code caches.<name>.ttl}. */
    long BACKEND_TTL = -1;

    /** A {@link #ttl()} meaning that the entry never expires. */
    long FOREVER = Long.MAX_VALUE;

    /**
     * How long a stored answer may be served, in {@link #ttlUnit()}s. {@link #BACKEND_TTL} is the backend's default,
     * {@code 0} stores nothing, {@link #FOREVER} never expires; any other negative value fails the deployment.
     *
     * <p>Configuration: {@code ttl}, in seconds (fractions allowed), as an ISO-8601 duration, or {@code never}.
     *
     * @return the time to live, {@link #BACKEND_TTL} by default
     */
    @Nonbinding
    long ttl() default BACKEND_TTL;

    /**
     * The unit of {@link #ttl()}.
     *
     * <p>Configuration: {@code ttl-unit}, the constant's name in any case; it applies to the annotation's own number.
     *
     * @return the unit, seconds by default
     */
    @Nonbinding
    ChronoUnit ttlUnit() default ChronoUnit.SECONDS;

    /**
     * Put before the key, inside the backend's own prefix. A {@link CacheKeyGenerator} is given it and places it itself.
     *
     * <p>Configuration: {@code key-prefix}.
     *
     * @return the prefix, empty by default
     */
    @Nonbinding
    String keyPrefix() default "";

    /**
     * Part of the key, in place of the backend's version: a new version never reads an old entry.
     *
     * <p>Configuration: {@code version}.
     *
     * @return the version; empty, the default, means the backend's
     */
    @Nonbinding
    String version() default "";

    /**
     * The name of a configured backend. An unknown name fails the deployment.
     *
     * <p>Configuration: {@code backend}.
     *
     * @return the name; empty, the default, means {@code default}
     */
    @Nonbinding
    String backend() default "";

    /**
     * Asked for the key: the CDI bean of this type, else an injected instance made by its no-argument constructor.
     * Neither: the deployment fails.
     *
     * <p>Configuration: {@code key-generator}, a class name.
     *
     * @return the generator's type; {@link CacheKeyGenerator} itself, the default, means the request's URI
     */
    @Nonbinding
    Class<? extends CacheKeyGenerator> keyGenerator() default CacheKeyGenerator.class;
}
