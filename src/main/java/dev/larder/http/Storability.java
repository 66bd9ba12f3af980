package dev.larder.http;

import java.util.OptionalLong;

/** Whether a response may be stored, and as what (RFC 9111 §3). */
public sealed interface Storability {

    /**
     * It may.
     *
     * @param fields what is to be stored: without what concerns the connection, this message or one caller only, and with
     *     a Vary that names all we keyed on
     * @param vary the request fields that select among variants
     * @param initialAge the Age that the response came with, in seconds, zero or more
     * @param lifetimeSeconds the response's own lifetime, positive; empty if the lifetime is fixed
     */
    record Storable(Fields fields, VaryMatch vary, long initialAge, OptionalLong lifetimeSeconds)
            implements Storability {}

    /**
     * It may not.
     *
     * @param reason why
     */
    record NotStorable(Reason reason) implements Storability {}
}
