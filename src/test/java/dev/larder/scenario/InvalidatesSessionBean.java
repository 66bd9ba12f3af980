package dev.larder.scenario;

import dev.larder.CacheInvalidate;
import jakarta.annotation.Resource;
import jakarta.ejb.EJBContext;
import jakarta.ejb.Stateless;

/** Part of {@link InvalidatesApp}, in a transaction of the container; WildFly takes no nested class as a session bean. */
@Stateless
public class InvalidatesSessionBean {

    @Resource
    EJBContext context;

    @CacheInvalidate(tags = "thing:{0}")
    public void change(String id, String how) throws Exception {
        if (how.equals("context-rollback-only")) {
            context.setRollbackOnly();
        }
        Spoil.transaction(how);
    }
}
