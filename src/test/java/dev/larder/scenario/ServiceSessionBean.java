package dev.larder.scenario;

import dev.larder.ICacheService;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;

/** Part of {@link ConfigurationApp}; WildFly takes no nested class as a session bean. */
@Stateless
public class ServiceSessionBean {
    @Inject
    ICacheService cache;

    public String all() throws Exception {
        return ConfigurationApp.OfResource.all(cache, "session bean");
    }
}
