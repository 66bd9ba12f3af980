package dev.larder.scenario;

import dev.larder.Cache;
import jakarta.annotation.Resource;
import jakarta.ejb.EJBContext;
import jakarta.ejb.Stateless;
import java.util.concurrent.Callable;

/** Part of {@link TransactionsApp}, in a transaction of the container; WildFly takes no nested class as a session bean. */
@Stateless
public class TransactionsSessionBean {

    @Resource
    EJBContext context;

    public <T> T run(String how, Callable<T> work) throws Exception {
        T answer = work.call();
        if (how.equals("context-rollback-only")) {
            context.setRollbackOnly();
        }
        Spoil.transaction(how);
        return answer;
    }

    @Cache(ttl = 300)
    public String value(String key, String how) throws Exception {
        Spoil.transaction(how);
        return "v" + Runs.of(key);
    }
}
