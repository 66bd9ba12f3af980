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
    private @Nullable ByteArrayOutputStream held;
    private boolean released;

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
        if (released) {
            return target;
        }
        ByteArrayOutputStream kept = held;
        if (wanted.getAsBoolean() && length <= most - (kept == null ? 0 : kept.size())) {
            held = kept == null ? new ByteArrayOutputStream(1024) : kept;
            return held;
        }
        tooLarge.run();
        release();
        return target;
    }

    /** Lets go what is held. */
    void release() throws IOException {
        ByteArrayOutputStream kept = held;
        held = null;
        released = true;
        if (kept != null) {
            kept.writeTo(target);
        }
    }

    @Override
    public void flush() throws IOException {
        if (released) {
            target.flush();
        }
    }

    @Override
    public void close() throws IOException {
        if (released) {
            target.close();
        }
    }

    /** The bytes, or null if they were too many. */
    byte @Nullable [] recorded() {
        if (released) {
            return null;
        }
        return held == null ? new byte[0] : held.toByteArray();
    }
}
