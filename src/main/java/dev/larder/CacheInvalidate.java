package dev.larder;

import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Invalidates all entries with one of its tags, after the method has succeeded. For methods of CDI beans, and for Jakarta REST
 * resource methods, whether their class is a bean or not.
 *
 * <p>Success means that the method returned without an exception (if it returns a stage: that the stage completed without
 * one), that the final status of the response to a resource method is 2xx or 3xx, and that the JTA transaction, if there
 * is one, was committed. Otherwise nothing is invalidated. Until the commit, the transaction itself still reads what was
 * cached before.
 *
 * <p>After the call has returned, no caller gets an earlier entry with one of the tags, nor the result of an earlier cached
 * call. This applies to this process and to all that share the store. If the store fails, the method does not throw: this
 * process does not serve these entries, and repeats the invalidation until the store has taken it.
 *
 * <p>The tags are those of every configured backend, under its key prefix. The annotation has no configuration. The method
 * may be called by several threads at once.
 *
 * <p>Misuse makes the deployment fail with a {@code DeploymentException} that lists every problem of the deployment: a
 * private, static or final method, {@link Cache} on the same method, the annotation on a type, no tag, or a tag that
 * cannot be resolved.
 */
@Documented
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface CacheInvalidate {

    /**
     * The tags to invalidate: any text, also the empty one, with the placeholders of {@link Cache#tags()}. They stand for
     * values of the call as they are when the method has returned, so that an id that it sets counts. If a member that a
     * placeholder names throws, nothing is invalidated, which is logged once per method.
     *
     * @return the tags, at least one; there is no default
     */
    @Nonbinding
    String[] tags();
}
