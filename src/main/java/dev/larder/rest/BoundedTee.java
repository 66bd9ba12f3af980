package dev.larder.rest;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Passes bytes on, and keeps a copy as long as they are not too many. */
final class BoundedTee extends FilterOutputStream {

    private final int most;
    private final Runnable tooMany;
    private @Nullable ByteArrayOutputStream copy = new ByteArrayOutputStream(1024);

    /** Makes it; {@code tooMany} is told once when the copy is given up. */
    BoundedTee(OutputStream target, int most, Runnable tooMany) {
        super(target);
        this.most = most;
        this.tooMany = tooMany;
    }

    @Override
    public void write(int b) throws IOException {
        out.write(b);
        ByteArrayOutputStream kept = room(1);
        if (kept != null) {
            kept.write(b);
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
        ByteArrayOutputStream kept = room(length);
        if (kept != null) {
            kept.write(bytes, offset, length);
        }
    }

    private @Nullable ByteArrayOutputStream room(int length) {
        ByteArrayOutputStream kept = copy;
        if (kept != null && length > most - kept.size()) {
            kept = null;
            copy = null;
            tooMany.run();
        }
        return kept;
    }

    /** The bytes, or null if they were too many. */
    byte @Nullable [] recorded() {
        return copy == null ? null : copy.toByteArray();
    }
}
