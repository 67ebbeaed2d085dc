package dev.sealpost.intake.mailbox;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** What a server says, within its bounds. For one thread. */
final class GuardedInput extends InputStream {
    private final InputStream in;
    private final Socket socket;
    private final Guard guard;
    private final byte[] one = new byte[1];
    /** A byte that was read to see whether there is one; -1 for none. */
    private int ahead = -1;

    GuardedInput(Socket socket, Guard guard) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
        this.guard = guard;
    }

    @Override
    public int read() throws IOException {
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        guard.check();
        if (length == 0) {
            return 0;
        }
        int count;
        if (ahead >= 0) {
            bytes[from] = (byte) ahead;
            ahead = -1;
            count = 1;
        } else {
            try {
                count = in.read(bytes, from, length);
            } catch (SocketTimeoutException e) {
                throw guard.silent();
            }
        }
        if (count > 0) {
            guard.account(bytes, from, count);
        }
        return count;
    }

    @Override
    public int available() throws IOException {
        return ahead >= 0 ? 1 : in.available();
    }

    /** Whether the server says something within the time; nothing is consumed. */
    boolean ready(Duration atMost) throws IOException {
        if (ahead >= 0) {
            return true;
        }
        int usual = socket.getSoTimeout();
        socket.setSoTimeout(Math.toIntExact(Math.max(1, atMost.toMillis())));
        try {
            ahead = in.read();
        } catch (SocketTimeoutException e) {
            return false;
        } finally {
            socket.setSoTimeout(usual);
        }
        if (ahead < 0) {
            throw new EOFException();
        }
        return true;
    }

    @Override
    public void close() {
        guard.close();
    }
}
