package dev.larder.statistics;

import java.util.List;

/**
 * The state of a store at one moment.
 *
 * @param entries how many entries it holds; -1 if it does not report it, as for the next two
 * @param bytes the bytes of keys and values
 * @param evictions the entries that it removed because room was needed
 * @param open whether the breaker of the whole backend is open; never if each server has its own
 * @param lostServers the servers whose breaker is open, without credentials, sorted
 */
public record StoreState(long entries, long bytes, long evictions, boolean open, List<String> lostServers) {

    /** Copies the list. */
    public StoreState {
        lostServers = List.copyOf(lostServers);
    }

    /** How many breakers are open. */
    public int openBreakers() {
        return (open ? 1 : 0) + lostServers.size();
    }

    /** {@code closed}, {@code open}, or {@code open: } and the lost servers. */
    public String breaker() {
        if (!lostServers.isEmpty()) {
            return "open: " + String.join(", ", lostServers);
        }
        return open ? "open" : "closed";
    }
}
