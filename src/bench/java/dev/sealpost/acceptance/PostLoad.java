package dev.sealpost.acceptance;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;

/**
 * Posts each body once over connections that stay, from one thread, so that the load costs little beside what it measures:
 * as fast as answers come, or at a rate, where times count from the moment a post was due.
 */
final class PostLoad {
    private static final byte[] LENGTH = "content-length: ".getBytes(StandardCharsets.US_ASCII);

    private final Iterator<byte[]> bodies;
    private final long nanosEach;
    private final Deque<Line> idle = new ArrayDeque<>();
    private final Map<String, Long> answers = new TreeMap<>();
    private long due;
    private int open;

    /** @param rate posts a second; 0 for as many as are answered */
    PostLoad(Iterator<byte[]> bodies, int rate) {
        this.bodies = bodies;
        this.nanosEach = rate == 0 ? 0 : 1_000_000_000L / rate;
    }

    private static final class Line {
        final SocketChannel channel;
        final ByteBuffer in = ByteBuffer.allocate(8 << 10);
        ByteBuffer out = ByteBuffer.allocate(0);

        Line(int port) throws IOException {
            channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
        }
    }

    /** How often each status came. */
    Map<String, Long> answers() {
        return answers;
    }

    /** Posts until there are no more bodies and all are answered. */
    void run(int port, int connections) throws IOException {
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < connections; i++) {
                Line line = new Line(port);
                line.channel.register(selector, SelectionKey.OP_READ, line);
                idle.add(line);
            }
            due = System.nanoTime();
            while (bodies.hasNext() || open > 0) {
                feed(selector);
                if (nanosEach == 0 || idle.isEmpty() || !bodies.hasNext()) {
                    selector.select(100);
                } else {
                    selector.select(1);
                }
                Iterator<SelectionKey> keys = selector.selectedKeys().iterator();
                while (keys.hasNext()) {
                    serve(keys.next());
                    keys.remove();
                }
            }
            for (Line line : idle) {
                line.channel.close();
            }
        }
    }

    private void feed(Selector selector) throws IOException {
        while (!idle.isEmpty() && bodies.hasNext() && (nanosEach == 0 || due <= System.nanoTime())) {
            due += nanosEach;
            byte[] body = bodies.next();
            Line line = idle.poll();
            open++;
            byte[] head = ("POST /tlsrpt HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/tlsrpt+gzip\r\n"
                            + "Content-Length: " + body.length + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
            line.out = ByteBuffer.allocate(head.length + body.length)
                    .put(head)
                    .put(body)
                    .flip();
            line.channel.write(line.out);
            if (line.out.hasRemaining()) {
                line.channel.keyFor(selector).interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
            }
        }
    }

    private void serve(SelectionKey key) throws IOException {
        Line line = (Line) key.attachment();
        if (key.isWritable()) {
            line.channel.write(line.out);
            if (!line.out.hasRemaining()) {
                key.interestOps(SelectionKey.OP_READ);
            }
        }
        if (key.isReadable()) {
            if (line.channel.read(line.in) < 0) {
                throw new EOFException("the server closed a connection");
            }
            int end = end(line.in);
            if (end > 0 && line.in.position() >= end) {
                answers.merge(new String(line.in.array(), 9, 3, StandardCharsets.US_ASCII), 1L, Long::sum);
                line.in.clear();
                idle.add(line);
                open--;
            }
        }
    }

    /** Where the answer ends; 0 while its head is not there. */
    private static int end(ByteBuffer in) {
        byte[] bytes = in.array();
        int length = 0;
        for (int i = 3; i < in.position(); i++) {
            if (bytes[i] == '\n' && bytes[i - 2] == '\n') {
                return i + 1 + length;
            }
            if (bytes[i] == '\n' && isLength(bytes, i + 1, in.position())) {
                length = number(bytes, i + 1 + LENGTH.length);
            }
        }
        return 0;
    }

    private static boolean isLength(byte[] bytes, int start, int end) {
        if (start + LENGTH.length >= end) {
            return false;
        }
        for (int i = 0; i < LENGTH.length; i++) {
            if ((bytes[start + i] | 0x20) != LENGTH[i]) {
                return false;
            }
        }
        return true;
    }

    private static int number(byte[] bytes, int start) {
        int number = 0;
        for (int i = start; bytes[i] >= '0' && bytes[i] <= '9'; i++) {
            number = 10 * number + bytes[i] - '0';
        }
        return number;
    }
}
