package dev.larder.transaction;

/** The JTA transaction of the current thread. Where the server has no Jakarta Transactions, there never is one. Thread-safe. */
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
     * The transactions of the server. Its registry is looked up at the first call, since it may not be there yet at
     * deployment.
     */
    static CurrentTransaction ofServer() {
        return isPresent() ? new ServerTransaction() : listener -> false;
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
}
