package dev.larder.transaction;

import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/** The JTA transaction of the current thread. On a server without Jakarta Transactions, there is never one. Thread-safe. */
public interface CurrentTransaction {

    /** Is called once with the outcome of a transaction. */
    @FunctionalInterface
    interface Listener {

        /**
         * The transaction has ended, or can only be rolled back.
         *
         * @param committed false: it was rolled back, or its outcome is unknown
         */
        void ended(boolean committed);
    }

    /**
     * Registers a listener with the current transaction.
     *
     * @return false if there is no transaction: the listener is never called
     */
    boolean onEnd(Listener listener);

    /**
     * The transactions of the server. Its registry is looked up at the first call, since it may not exist yet at
     * deployment.
     */
    static CurrentTransaction ofServer() {
        return isPresent() ? new OfServer() : listener -> false;
    }

    private static boolean isPresent() {
        try {
            Class.forName(
                    "jakarta.transaction.TransactionSynchronizationRegistry",
                    false,
                    CurrentTransaction.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    /**
     * The transaction according to the server's registry (Jakarta Transactions §3.4). Loaded only if the server has that API.
     */
    final class OfServer implements CurrentTransaction {

        private static final System.Logger LOG = System.getLogger("dev.larder.transaction");
        private static final String REGISTRY = "java:comp/TransactionSynchronizationRegistry";

        private volatile @Nullable TransactionSynchronizationRegistry registry;

        @Override
        public boolean onEnd(Listener listener) {
            TransactionSynchronizationRegistry current = registry();
            if (current == null || !isInTransaction(current)) {
                return false;
            }
            try {
                if (!current.getRollbackOnly()) {
                    current.registerInterposedSynchronization(new End(listener));
                    return true;
                }
            } catch (RuntimeException e) {
                LOG.log(
                        System.Logger.Level.DEBUG,
                        "The transaction accepts no listener, so it counts as rolled back",
                        e);
            }
            listener.ended(false);
            return true;
        }

        private static boolean isInTransaction(TransactionSynchronizationRegistry registry) {
            int status = registry.getTransactionStatus();
            return status != Status.STATUS_NO_TRANSACTION
                    && status != Status.STATUS_COMMITTED
                    && status != Status.STATUS_ROLLEDBACK;
        }

        private @Nullable TransactionSynchronizationRegistry registry() {
            TransactionSynchronizationRegistry current = registry;
            if (current == null) {
                current = lookUp();
                registry = current;
            }
            return current;
        }

        /** Null if this thread cannot see the registry; another thread may. */
        @SuppressWarnings("BanJNDI") // a constant name, given by the specification
        private static @Nullable TransactionSynchronizationRegistry lookUp() {
            try {
                return (TransactionSynchronizationRegistry) new InitialContext().lookup(REGISTRY);
            } catch (NamingException | RuntimeException | LinkageError e) {
                LOG.log(System.Logger.Level.DEBUG, "There is no " + REGISTRY + " on this thread", e);
                return null;
            }
        }

        private record End(Listener listener) implements Synchronization {

            @Override
            public void beforeCompletion() {}

            @Override
            public void afterCompletion(int status) {
                listener.ended(status == Status.STATUS_COMMITTED);
            }
        }
    }
}
