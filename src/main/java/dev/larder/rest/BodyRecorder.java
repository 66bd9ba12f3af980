package dev.larder.rest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Holds a body back until it is known whole, so that its header fields can tell of it. One that becomes too large goes
 * on its way, and no longer is held.
 */
final class BodyRecorder extends OutputStream {

    private final OutputStream target;
    private final int most;
    private final BooleanSupplier wanted;
    private final Runnable tooLarge;
    private @Nullable ByteArrayOutputStream held = new ByteArrayOutputStream(1024);

    /**
     * Makes it.
     *
     * @param wanted false: it need not be held any more
     * @param tooLarge told once, before the first byte goes on
     */
    BodyRecorder(OutputStream target, int most, BooleanSupplier wanted, Runnable tooLarge) {
        this.target = target;
        this.most = most;
        this.wanted = wanted;
        this.tooLarge = tooLarge;
    }

    @Override
    public void write(int b) throws IOException {
        room(1).write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        room(length).write(bytes, offset, length);
    }

    /** Where the next bytes go. */
    private OutputStream room(int length) throws IOException {
        ByteArrayOutputStream kept = held;
        if (kept == null) {
            return target;
        }
        if (wanted.getAsBoolean() && length <= most - kept.size()) {
            return kept;
        }
        tooLarge.run();
        release();
        return target;
    }

    /** Lets go what is held. */
    void release() throws IOException {
        ByteArrayOutputStream kept = held;
        held = null;
        if (kept != null) {
            kept.writeTo(target);
        }
    }

    @Override
    public void flush() throws IOException {
        if (held == null) {
            target.flush();
        }
    }

    @Override
    public void close() throws IOException {
        if (held == null) {
            target.close();
        }
    }

    /** The bytes, or null if they were too many. */
    byte @Nullable [] recorded() {
        return held == null ? null : held.toByteArray();
    }
}
