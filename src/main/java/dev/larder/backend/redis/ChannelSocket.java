package dev.larder.backend.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/**
 * A socket over a TCP or UNIX channel. One deadline limits connecting, reading and writing. A plain socket limits each
 * single read and no write, and there is none for a UNIX channel.
 *
 * <p>Used by one thread at a time.
 */
final class ChannelSocket extends Socket {

    /** The JDK keeps a direct buffer for each thread, as large as the largest array that was written. */
    private static final int CHUNK_BYTES = 64 * 1024;

    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private final String server;
    private final InputStream input = new Input();
    private final OutputStream output = new Output();
    private Deadline deadline;

    /**
     * Connects.
     *
     * @param channel a new channel; closed if this fails
     * @param server the name of the server in messages
     */
    @SuppressWarnings("this-escape") // waits on itself when it is complete
    ChannelSocket(SocketChannel channel, SocketAddress address, String server, Deadline deadline) throws IOException {
        this.channel = channel;
        this.server = server;
        this.deadline = deadline;
        Selector opened = null;
        try {
            channel.configureBlocking(false);
            opened = Selector.open();
            this.selector = opened;
            this.key = channel.register(opened, 0);
            if (!channel.connect(address)) {
                while (!channel.finishConnect()) {
                    await(SelectionKey.OP_CONNECT);
                }
            }
        } catch (IOException | RuntimeException e) {
            channel.close();
            if (opened != null) {
                opened.close();
            }
            throw e;
        }
    }

    /** Sets the deadline of all that follows. */
    void deadline(Deadline next) {
        deadline = next;
    }

    /**
     * Whether the server has sent nothing since the last reply: neither the end of the stream nor unexpected bytes.
     * Costs no round trip.
     */
    boolean isQuiet() {
        try {
            return channel.read(ByteBuffer.allocate(1)) == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** An interrupt does not end an operation, which is short. It is kept for the caller. */
    private void await(int operation) throws IOException {
        long millis = millisLeft();
        if (key.interestOps() != operation) {
            key.interestOps(operation);
        }
        boolean interrupted = Thread.interrupted();
        try {
            selector.select(ready -> {}, millis);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        if (!key.isValid()) {
            throw new SocketException("The connection to " + server + " is closed");
        }
    }

    private long millisLeft() throws SocketTimeoutException {
        long millis = deadline.millisLeft();
        if (millis == 0) {
            throw new SocketTimeoutException("No reply from " + server + " within the timeout");
        }
        return millis;
    }

    private int read(ByteBuffer target) throws IOException {
        millisLeft(); // also if bytes keep arriving
        while (true) {
            int count = channel.read(target);
            if (count != 0 || !target.hasRemaining()) {
                return count;
            }
            await(SelectionKey.OP_READ);
        }
    }

    private void write(byte[] bytes, int offset, int length) throws IOException {
        int end = offset + length;
        ByteBuffer source = ByteBuffer.wrap(bytes);
        source.position(offset);
        while (source.position() < end) {
            millisLeft();
            source.limit(Math.min(end, source.position() + CHUNK_BYTES));
            if (channel.write(source) == 0) {
                await(SelectionKey.OP_WRITE);
            }
        }
    }

    @Override
    public InputStream getInputStream() {
        return input;
    }

    @Override
    public OutputStream getOutputStream() {
        return output;
    }

    @Override
    public synchronized void close() throws IOException {
        try {
            channel.close();
        } finally {
            selector.close();
        }
    }

    @Override
    public boolean isConnected() {
        return channel.isConnected();
    }

    @Override
    public boolean isBound() {
        return true;
    }

    @Override
    public boolean isClosed() {
        return !channel.isOpen();
    }

    @Override
    public boolean isInputShutdown() {
        return false;
    }

    @Override
    public boolean isOutputShutdown() {
        return false;
    }

    @Override
    public InetAddress getInetAddress() {
        return channel.socket().getInetAddress();
    }

    @Override
    public int getPort() {
        return channel.socket().getPort();
    }

    /** Without effect: the deadline limits reads. */
    @Override
    public synchronized void setSoTimeout(int timeout) {
        // nothing to set
    }

    @Override
    public synchronized int getSoTimeout() {
        return 0;
    }

    @Override
    public String toString() {
        return server;
    }

    private final class Input extends InputStream {

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return ChannelSocket.this.read(ByteBuffer.wrap(one)) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return ChannelSocket.this.read(ByteBuffer.wrap(bytes, offset, Math.min(length, CHUNK_BYTES)));
        }

        @Override
        public void close() throws IOException {
            ChannelSocket.this.close();
        }
    }

    private final class Output extends OutputStream {

        @Override
        public void write(int b) throws IOException {
            ChannelSocket.this.write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            ChannelSocket.this.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            ChannelSocket.this.close();
        }
    }
}
