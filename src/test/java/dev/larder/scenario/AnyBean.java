package dev.larder.scenario;

import jakarta.enterprise.context.ApplicationScoped;

/** WildFly starts CDI only in applications that have a bean or a {@code beans.xml}; the bean may be any. */
@ApplicationScoped
public class AnyBean {}
