package dev.larder.scenario;

import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** Ends transactions in the ways in which they fail. */
public final class Spoil {

    private Spoil() {}

    private static final class Failing implements Synchronization {
        @Override
        public void beforeCompletion() {
            throw new IllegalStateException("no commit, on purpose");
        }

        @Override
        public void afterCompletion(int status) {}
    }

    /** Sees to it that the current transaction does not commit. */
    static void transaction(String how) throws NamingException {
        switch (how) {
            case "exception" -> throw new IllegalStateException("on purpose");
            case "rollback-only" -> registry().setRollbackOnly();
            case "failing-commit" -> registry().registerInterposedSynchronization(new Failing());
            default -> {}
        }
    }

    private static TransactionSynchronizationRegistry registry() throws NamingException {
        return InitialContext.doLookup("java:comp/TransactionSynchronizationRegistry");
    }
}
