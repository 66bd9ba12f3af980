package dev.larder.scenario;

import dev.larder.Cache;
import dev.larder.ICacheService;
import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Status;
import jakarta.transaction.Transactional;
import jakarta.transaction.UserTransaction;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Application;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The application under test of {@link TransactionsIT}: methods of beans in transactions, which may not commit. */
class TransactionsApp {

    @ApplicationPath("api")
    public static class Api extends Application {}

    public interface Values {
        String value(String key);

        List<String> list(String key);

        CompletionStage<String> stage(String key);
    }

    @ApplicationScoped
    public static class Local implements Values {
        @Resource
        ManagedExecutorService executor;

        @Override
        @Cache(ttl = 300)
        public String value(String key) {
            return "v" + Runs.of(key);
        }

        @Override
        @Cache(ttl = 300)
        public List<String> list(String key) {
            return new ArrayList<>(List.of(value(key)));
        }

        @Override
        @Cache(ttl = 300)
        public CompletionStage<String> stage(String key) {
            return CompletableFuture.supplyAsync(() -> "v" + Runs.of(key), executor);
        }
    }

    @ApplicationScoped
    public static class Copies implements Values {
        @Resource
        ManagedExecutorService executor;

        @Override
        @Cache(ttl = 300, backend = "copy")
        public String value(String key) {
            return "v" + Runs.of(key);
        }

        @Override
        @Cache(ttl = 300, backend = "copy")
        public List<String> list(String key) {
            return new ArrayList<>(List.of(value(key)));
        }

        @Override
        @Cache(ttl = 300, backend = "copy")
        public CompletionStage<String> stage(String key) {
            return CompletableFuture.supplyAsync(() -> "v" + Runs.of(key), executor);
        }
    }

    /** The transaction is the cached method's own. */
    @ApplicationScoped
    public static class Own {
        @Cache(ttl = 300)
        @Transactional
        public String value(String key, String how) throws Exception {
            String value = "v" + Runs.of(key);
            Spoil.transaction(how);
            return value;
        }
    }

    @ApplicationScoped
    public static class Work {
        @Resource
        UserTransaction transaction;

        @Transactional
        public <T> T run(String how, Callable<T> work) throws Exception {
            T answer = work.call();
            Spoil.transaction(how);
            return answer;
        }

        @Transactional(Transactional.TxType.REQUIRES_NEW)
        public <T> T runInNew(String how, Callable<T> work) throws Exception {
            T answer = work.call();
            Spoil.transaction(how);
            return answer;
        }

        public <T> T runByHand(String how, Callable<T> work) throws Exception {
            transaction.begin();
            boolean committed = false;
            try {
                T answer = work.call();
                Spoil.transaction(how);
                if (transaction.getStatus() == Status.STATUS_ACTIVE) {
                    committed = true;
                    transaction.commit();
                }
                return answer;
            } finally {
                if (!committed) {
                    transaction.rollback();
                }
            }
        }
    }

    @Path("")
    @RequestScoped
    @Produces("text/plain")
    public static class Driver {
        @Inject
        Local local;

        @Inject
        Copies copies;

        @Inject
        Own own;

        @Inject
        Work work;

        @EJB
        TransactionsSessionBean sessionBean;

        @Inject
        ICacheService caches;

        /** A call in a transaction that ends so, and two without one: the values in a row. */
        @GET
        @Path("in/{backend}/{kind}/{by}/{how}")
        public String in(
                @PathParam("backend") String backend,
                @PathParam("kind") String kind,
                @PathParam("by") String by,
                @PathParam("how") String how)
                throws Exception {
            String key = UUID.randomUUID().toString();
            Values values = backend.equals("copy") ? copies : local;
            Callable<String> call = () -> switch (kind) {
                case "list" -> values.list(key).get(0);
                case "stage" -> values.stage(key).toCompletableFuture().get();
                default -> values.value(key);
            };
            List<String> answers = new ArrayList<>();
            ended(() -> switch (by) {
                case "session-bean" -> sessionBean.run(how, () -> note(answers, call));
                case "hand" -> work.runByHand(how, () -> note(answers, call));
                default -> work.run(how, () -> note(answers, call));
            });
            long before = System.nanoTime();
            note(answers, call);
            note(answers, call);
            return answers + (System.nanoTime() - before > 5_000_000_000L ? " waited" : "");
        }

        /** The stage completes after the end of the transaction. */
        @GET
        @Path("later/{how}")
        public String later(@PathParam("how") String how) throws Exception {
            String key = UUID.randomUUID().toString();
            List<CompletionStage<String>> stages = new ArrayList<>();
            ended(() -> work.run(how, () -> stages.add(local.stage(key))));
            return List.of(
                            stages.get(0).toCompletableFuture().get(),
                            local.stage(key).toCompletableFuture().get(),
                            local.stage(key).toCompletableFuture().get())
                    .toString();
        }

        @GET
        @Path("own/{by}/{how}")
        public String own(@PathParam("by") String by, @PathParam("how") String how) throws Exception {
            String key = UUID.randomUUID().toString();
            List<String> answers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                answers.add(String.valueOf(
                        ended(() -> by.equals("session-bean") ? sessionBean.value(key, how) : own.value(key, how))));
            }
            return answers + " " + Runs.of(key);
        }

        /** The same value twice in one transaction. */
        @GET
        @Path("twice")
        public String twice() throws Exception {
            String key = UUID.randomUUID().toString();
            List<String> answers = new ArrayList<>();
            long before = System.nanoTime();
            work.run("", () -> note(answers, () -> local.value(key)) + note(answers, () -> local.value(key)));
            return answers + (System.nanoTime() - before > 5_000_000_000L ? " waited" : "");
        }

        /** A transaction within another. */
        @GET
        @Path("within/{outer}/{inner}")
        public String within(@PathParam("outer") String outer, @PathParam("inner") String inner) throws Exception {
            String key = UUID.randomUUID().toString();
            List<String> answers = new ArrayList<>();
            ended(() -> work.run(outer, () -> {
                note(answers, () -> local.value(key + " outer"));
                return ended(() -> work.runInNew(inner, () -> note(answers, () -> local.value(key + " inner"))));
            }));
            note(answers, () -> local.value(key + " outer"));
            note(answers, () -> local.value(key + " inner"));
            return answers.toString();
        }

        @GET
        @Path("service/{how}")
        public String service(@PathParam("how") String how) throws Exception {
            String key = UUID.randomUUID().toString();
            ended(() -> work.run(how, () -> caches.set(key, "set")));
            return caches.get(key, String.class).orElse("none");
        }

        private static String note(List<String> answers, Callable<String> call) throws Exception {
            String answer = call.call();
            answers.add(answer);
            return answer;
        }

        private static Object ended(Callable<?> work) {
            try {
                return work.call();
            } catch (Exception e) {
                return "failed"; // as it was asked to
            }
        }
    }
}
