package dev.larder.transaction;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Transactions that a test begins and ends by hand. A thread has one, and one within another suspends that. */
public final class GivenTransactions implements CurrentTransaction {

    private final ThreadLocal<Given> current = new ThreadLocal<>();

    @Override
    public boolean onEnd(Listener listener) {
        Given given = current.get();
        if (given == null) {
            return false;
        }
        if (given.rollbackOnly) {
            listener.ended(false);
        } else {
            given.listeners.add(listener);
        }
        return true;
    }

    /** Begins one of this thread. */
    public Given begin() {
        Given given = new Given(current.get());
        current.set(given);
        return given;
    }

    /** A transaction. */
    public final class Given {
        private final Given outer;
        private final List<Listener> listeners = new CopyOnWriteArrayList<>();
        private volatile boolean rollbackOnly;

        private Given(Given outer) {
            this.outer = outer;
        }

        public void setRollbackOnly() {
            rollbackOnly = true;
        }

        public void commit() {
            end(!rollbackOnly);
        }

        public void rollback() {
            end(false);
        }

        /** Rolls back from another thread, as a server does when it took too long: the thread is still in it. */
        public void timeOut() {
            listeners.forEach(each -> each.ended(false));
            rollbackOnly = true;
        }

        private void end(boolean committed) {
            current.set(outer);
            listeners.forEach(each -> each.ended(committed));
        }
    }
}
