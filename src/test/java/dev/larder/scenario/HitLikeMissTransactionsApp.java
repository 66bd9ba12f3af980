package dev.larder.scenario;

import static dev.larder.scenario.HitLikeMissApp.Steering;

import dev.larder.Cache;
import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.ejb.EJBException;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.RequestScoped;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InterceptorBinding;
import jakarta.interceptor.InvocationContext;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import jakarta.transaction.TransactionalException;
import jakarta.transaction.UserTransaction;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.io.Serializable;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** Part of the application under test of {@link HitLikeMissTransactionsIT}: methods in a transaction, which may not commit. */
class HitLikeMissTransactionsApp {

    /** What is asked of the transaction: that it does not commit, and whether somebody is told. */
    static void spoil(String what) throws NamingException {
        TransactionSynchronizationRegistry transaction =
                InitialContext.doLookup("java:comp/TransactionSynchronizationRegistry");
        switch (what) {
            case "rollback-only" -> transaction.setRollbackOnly();
            case "failing-commit" -> transaction.registerInterposedSynchronization(new Failing());
            default -> {}
        }
    }

    private static final class Failing implements Synchronization {
        @Override
        public void beforeCompletion() {
            throw new IllegalStateException("no commit, on purpose");
        }

        @Override
        public void afterCompletion(int status) {}
    }

    private static Response rolledBack() {
        return Response.status(503).entity("rolled back").type("text/plain").build();
    }

    @Provider
    public static class TransactionalMapper implements ExceptionMapper<TransactionalException> {
        @Override
        public Response toResponse(TransactionalException e) {
            return rolledBack();
        }
    }

    @Provider
    public static class RollbackMapper implements ExceptionMapper<RollbackException> {
        @Override
        public Response toResponse(RollbackException e) {
            return rolledBack();
        }
    }

    @Provider
    public static class SessionBeanMapper implements ExceptionMapper<EJBException> {
        @Override
        public Response toResponse(EJBException e) {
            return rolledBack();
        }
    }

    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE)
    @InterceptorBinding
    public @interface Spoiled {}

    /** Inside of a transaction, whose interceptor is at 200. */
    @Spoiled
    @Interceptor
    @Priority(Interceptor.Priority.APPLICATION + 7)
    public static class Spoiler implements Serializable {
        private static final long serialVersionUID = 1L;

        @AroundInvoke
        Object around(InvocationContext call) throws Exception {
            String what = Steering.current().of("tx");
            if (what.endsWith("-after")) {
                Object answer = call.proceed();
                spoil(what.replace("-after", ""));
                return answer;
            }
            spoil(what);
            return call.proceed();
        }
    }

    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE)
    @InterceptorBinding
    public @interface InTransaction {}

    /** A transaction of the application's own. */
    @InTransaction
    @Interceptor
    @Priority(Interceptor.Priority.LIBRARY_BEFORE + 7)
    public static class OwnTransaction implements Serializable {
        private static final long serialVersionUID = 1L;

        @AroundInvoke
        Object around(InvocationContext call) throws Exception {
            UserTransaction transaction = InitialContext.doLookup("java:comp/UserTransaction");
            transaction.begin();
            Object answer;
            try {
                answer = call.proceed();
            } catch (Exception e) {
                transaction.rollback();
                throw e;
            }
            if (transaction.getStatus() == Status.STATUS_MARKED_ROLLBACK) {
                transaction.rollback();
                return answer;
            }
            transaction.commit();
            return answer;
        }
    }

    /** The method may spoil its transaction itself. */
    @Produces(MediaType.TEXT_PLAIN)
    public abstract static class Kinds {

        @Resource
        ManagedExecutorService executor;

        private static <T> T inTransaction(T answer) {
            try {
                spoil(Steering.current().of("method"));
            } catch (NamingException e) {
                throw new IllegalStateException(e);
            }
            return answer;
        }

        @GET
        @Path("string")
        public String string() {
            return inTransaction("text");
        }

        @GET
        @Path("books")
        @Produces(MediaType.APPLICATION_JSON)
        public List<Book> books() {
            return inTransaction(Book.two(5000));
        }

        @GET
        @Path("response")
        public Response response() {
            return inTransaction(
                    Response.ok("text").header("X-StoredResponses", "A").build());
        }

        @GET
        @Path("stage")
        public CompletionStage<String> stage() {
            String text = inTransaction("text");
            return CompletableFuture.supplyAsync(() -> text, executor);
        }
    }

    @Path("cached/transactional")
    @RequestScoped
    @Transactional
    @Spoiled
    @Cache(ttl = 300)
    public static class CachedTransactional extends Kinds {}

    @Path("direct/transactional")
    @RequestScoped
    @Transactional
    @Spoiled
    public static class DirectTransactional extends Kinds {}

    @Path("cached/own-transaction")
    @RequestScoped
    @InTransaction
    @Spoiled
    @Cache(ttl = 300)
    public static class CachedOwnTransaction extends Kinds {}

    @Path("direct/own-transaction")
    @RequestScoped
    @InTransaction
    @Spoiled
    public static class DirectOwnTransaction extends Kinds {}
}
