package dev.larder.rest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Holds a body back until it is known whole, so that its header fields can tell of it. One that becomes too large goes
 * on its way, and no longer is held.
 */
final class BodyRecorder extends OutputStream {

    private final OutputStream target;
    private final int most;
    private final Runnable tooLarge;
    private @Nullable ByteArrayOutputStream held = new ByteArrayOutputStream(1024);

    /** Makes it; {@code tooLarge} is told once, before the first byte goes on. */
    BodyRecorder(OutputStream target, int most, Runnable tooLarge) {
        this.target = target;
        this.most = most;
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
        if (kept == null || length <= most - kept.size()) {
            return kept == null ? target : kept;
        }
        held = null;
        tooLarge.run();
        kept.writeTo(target);
        return target;
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
