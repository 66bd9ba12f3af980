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
 * Caches the results of a method. For a Jakarta REST resource method for GET, Larder stores and serves the written response
 * (status, header fields and bytes). For any other method of a CDI bean, it stores the return value.
 *
 * <p>The annotation of a method replaces that of its type. On a type it applies to every resource method for GET. On a
 * stereotype or interceptor binding of the application it applies wherever that is used. Configuration can override every
 * member, most specific first: {@code cache."<class name>/<method name>".<member>},
 * {@code cache."<class name>".<member>}, {@code cache.<member>}, with the member's name in kebab-case.
 *
 * <p>Misuse (an unknown backend, a negative ttl, a method that cannot be intercepted) fails the deployment, with a
 * {@code DeploymentException} that lists every problem. An annotation is never silently ignored.
 */
@Inherited
@Documented
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Cache {

    /** A {@link #ttl()} meaning the backend's own, {@code caches.<name>.ttl}. */
    long BACKEND_TTL = -1;

    /**
     * A {@link #ttl()} meaning the response's own freshness lifetime (RFC 9111 §4.2.1): {@code s-maxage}, else
     * {@code max-age}, else {@code Expires} minus {@code Date}, less the {@code Age} of the response. A response with
     * none of these is not stored. For resource methods only.
     */
    long FROM_RESPONSE = -2;

    /** A {@link #ttl()} meaning that the entry never expires. */
    long FOREVER = Long.MAX_VALUE;

    /** One of the {@link #statuses()}, with {@link #FROM_RESPONSE} only: any final status whose response has a lifetime. */
    int ANY_STATUS = -1;

    /** The largest number of tags of an entry. */
    int MAX_TAGS = 64;

    /**
     * How long an entry may be served, in {@link #ttlUnit()}s. {@link #BACKEND_TTL} is the backend's default,
     * {@link #FROM_RESPONSE} means the response's own lifetime, {@code 0} stores nothing, {@link #FOREVER} never expires; any other
     * negative value fails the deployment.
     *
     * <p>Configuration: {@code ttl}, in seconds (fractions allowed), as an ISO-8601 duration, {@code never}, or
     * {@code from-response}.
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
     * Precedes the key, after the backend's own prefix. A {@link CacheKeyGenerator} receives it and decides where to put it.
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
     * The type that generates the key. Larder uses the CDI bean of this type, else creates an instance with its no-argument
     * constructor and injects its fields. If neither is possible, the deployment fails.
     *
     * <p>Configuration: {@code key-generator}, a class name.
     *
     * @return the generator's type; {@link CacheKeyGenerator} itself, the default, means the request's URI
     */
    @Nonbinding
    Class<? extends CacheKeyGenerator> keyGenerator() default CacheKeyGenerator.class;

    /**
     * Names under which what is stored can be invalidated, by {@link CacheInvalidate} or from code: any text, including the
     * empty one. Applications that share a store and a key prefix share tags. At most {@value #MAX_TAGS}; more fail the deployment.
     *
     * <p>A placeholder in braces stands for a value of the call; absent or null, it is an empty text:
     *
     * <ul>
     *   <li>{@code {name}} on a resource method: the {@code @PathParam} of that name that the method declares, else the
     *       {@code @QueryParam}; its decoded value, of several the first
     *   <li>{@code {name}} on any method: the parameter of that name, if the class is compiled with {@code -parameters}
     *   <li>{@code {0}}: the parameter of that number, counted from 0
     *   <li>{@code {book.id}}: a record component, getter or public field of a parameter, to any depth
     *   <li><code>{{</code>: a brace
     * </ul>
     *
     * <p>A placeholder that cannot be resolved fails the deployment, with a list of those that can. If a member that
     * one names throws, the call runs uncached, which is logged once per method.
     *
     * <p>Configuration: {@code tags}, separated by commas; a comma of a tag is written {@code \,}. The empty tag cannot be
     * configured.
     *
     * @return the tags, none by default
     */
    @Nonbinding
    String[] tags() default {};

    /**
     * Which requests may share a stored response. On a method that is not a resource method, {@link CacheScope#USER} and
     * {@link CacheScope#AUTHENTICATED} fail the deployment.
     *
     * <p>Configuration: {@code scope}, the constant's name in any case. {@code cache.scope} applies to resource methods
     * only; the same is true of the members below.
     *
     * @return the scope, {@link CacheScope#PUBLIC} by default
     */
    @Nonbinding
    CacheScope scope() default CacheScope.PUBLIC;

    /**
     * The statuses of responses that may be stored; status and header fields are served unchanged. 206, 304, 401, 407
     * and statuses below 200 or above 599 fail the deployment, as does {@link #ANY_STATUS} without {@link #FROM_RESPONSE}.
     * A response that an exception mapper creates is never stored. To cache a 404, return it.
     *
     * <p>Configuration: {@code statuses}, separated by commas; {@code any} for {@link #ANY_STATUS}.
     *
     * @return the statuses, 200 by default
     */
    @Nonbinding
    int[] statuses() default {200};

    /**
     * Request header fields that are part of the key, and are added to the response's {@code Vary}. An absent field
     * differs from an empty one. A name that is no field name fails the deployment.
     *
     * <p>Configuration: {@code vary-by}, separated by commas.
     *
     * @return the names, in any case; none by default
     */
    @Nonbinding
    String[] varyBy() default {};

    /**
     * The only query parameters that are part of the key. Their names are compared decoded; their values are taken as sent,
     * in the order in which they were sent. Other parameters are ignored, so list all that the method reads.
     *
     * <p>Configuration: {@code query-params}, separated by commas.
     *
     * @return the names; none, the default, means the whole query as it was sent
     */
    @Nonbinding
    String[] queryParams() default {};
}
