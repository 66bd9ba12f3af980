package dev.larder.codec;

/** Stub. */
final class Envelope {
    private Envelope() {}
}
