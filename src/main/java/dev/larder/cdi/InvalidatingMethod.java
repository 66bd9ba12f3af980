package dev.larder.cdi;

import dev.larder.policy.MethodTags;
import java.lang.reflect.Method;

/**
 * A method with {@code @CacheInvalidate}, and its tags, which are resolved at deployment.
 *
 * @param beanClass the class of the bean or resource, which may inherit the method
 */
record InvalidatingMethod(Class<?> beanClass, Method method, MethodTags tags) {}
