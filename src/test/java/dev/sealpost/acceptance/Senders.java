package dev.sealpost.acceptance;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Clients of one address that post one body after the other, and what they were told. */
final class Senders implements AutoCloseable {
    private final List<Thread> threads = new ArrayList<>();
    private final ConcurrentMap<String, LongAdder> answers = new ConcurrentHashMap<>();
    private final Queue<Duration> times = new ConcurrentLinkedQueue<>();
    private volatile boolean stopped;

    /**
     * Begins.
     *
     * @param pause between an answer and the next body
     */
    Senders(int port, String source, int connections, Duration pause, Supplier<byte[]> bodies) {
        for (int i = 0; i < connections; i++) {
            threads.add(Thread.ofVirtual().start(() -> {
                while (!stopped) {
                    send(port, source, pause, bodies);
                }
            }));
        }
    }

    private void send(int port, String source, Duration pause, Supplier<byte[]> bodies) {
        try (RawClient client = new RawClient(source, port)) {
            while (!stopped) {
                byte[] body = bodies.get();
                long begin = System.nanoTime();
                client.send("POST /tlsrpt HTTP/1.1\r\nHost: x\r\nContent-Length: " + body.length + "\r\n\r\n");
                String answer = client.send(body).answer();
                times.add(Duration.ofNanos(System.nanoTime() - begin));
                count(answer.isEmpty() ? "closed" : answer.substring(9, 12));
                if (answer.isEmpty() || answer.contains("close")) {
                    return;
                }
                LockSupport.parkNanos(pause.toNanos());
            }
        } catch (IOException broken) {
            if (!stopped) {
                count("broken");
            }
        }
    }

    private void count(String answer) {
        answers.computeIfAbsent(answer, first -> new LongAdder()).increment();
    }

    /** How often each status came; "closed" and "broken" are connections that ended without one. */
    Map<String, Long> answers() {
        Map<String, Long> counts = new TreeMap<>();
        answers.forEach((status, count) -> counts.put(status, count.sum()));
        return counts;
    }

    /** The time that so many of a hundred answers took at the most. */
    Duration percentile(int percent) {
        List<Duration> sorted = times.stream().sorted().toList();
        return sorted.isEmpty()
                ? Duration.ZERO
                : sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
    }

    /** Ends, when the answers under way are there. */
    @Override
    public void close() {
        stopped = true;
        for (Thread thread : threads) {
            try {
                thread.join(Duration.ofSeconds(10));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
