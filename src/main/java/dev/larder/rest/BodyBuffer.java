package dev.larder.rest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Buffers a body until it is complete, so that header fields that depend on it can be sent before it. A body that becomes
 * too large is sent at once, and streamed from then on.
 */
final class BodyBuffer extends OutputStream {

    private final OutputStream target;
    private final int maxBytes;
    private final BooleanSupplier needed;
    private final Runnable onOverflow;
    private @Nullable ByteArrayOutputStream buffer;
    private boolean released;

    /**
     * Buffers what is written into {@code target}.
     *
     * @param needed whether the body still needs to be buffered; called before each write
     * @param onOverflow called once, before the first byte is sent
     */
    BodyBuffer(OutputStream target, int maxBytes, BooleanSupplier needed, Runnable onOverflow) {
        this.target = target;
        this.maxBytes = maxBytes;
        this.needed = needed;
        this.onOverflow = onOverflow;
    }

    @Override
    public void write(int b) throws IOException {
        targetFor(1).write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        targetFor(length).write(bytes, offset, length);
    }

    /** Where to write the next bytes: into the buffer, or into the target once it is released. */
    private OutputStream targetFor(int length) throws IOException {
        if (released) {
            return target;
        }
        ByteArrayOutputStream current = buffer;
        if (needed.getAsBoolean() && length <= maxBytes - (current == null ? 0 : current.size())) {
            current = current == null ? new ByteArrayOutputStream(1024) : current;
            buffer = current;
            return current;
        }
        onOverflow.run();
        release();
        return target;
    }

    /** Writes the buffered bytes into the target, and buffers no more. */
    void release() throws IOException {
        ByteArrayOutputStream current = buffer;
        buffer = null;
        released = true;
        if (current != null) {
            current.writeTo(target);
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

    /** The whole body; null if it was released. */
    byte @Nullable [] body() {
        if (released) {
            return null;
        }
        return buffer == null ? new byte[0] : buffer.toByteArray();
    }
}
