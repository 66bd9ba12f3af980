package dev.larder.scenario;

import jakarta.ejb.Stateless;

/** Part of {@link ValuesApp}; WildFly takes no nested class as a session bean. */
@Stateless
public class AuthorsOfSession extends ValuesApp.Repo<ValuesApp.Author, Long> {
    @Override
    protected ValuesApp.Author make(Long id) {
        return new ValuesApp.Author(id, "s");
    }
}
