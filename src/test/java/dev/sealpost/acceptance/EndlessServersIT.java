package dev.sealpost.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Mail servers that never stop talking cost a process that reads from them little memory, however often it tries. */
class EndlessServersIT {
    private static final int TRIES = 4;
    private static final long MOST_GROWTH_KB = 64 << 10;
    private static final CountDownLatch BEGUN = new CountDownLatch(1);

    @Test
    @SuppressWarnings("SystemOut")
    void literalsLinesAndAnswersWithoutEnd() throws Exception {
        try (Endless literal = new Endless("* 1 FETCH (UID 5 BODY[] {2000000000}\r\n", "x".repeat(8_192));
                Endless line = new Endless("* OK ", "x".repeat(8_192));
                Endless answers = new Endless("", "* 1 EXISTS\r\n".repeat(700))) {
            List<Endless> servers = List.of(literal, line, answers);
            Map<String, String> settings =
                    OutageIT.addresses(SharedSealpost.get().data());
            settings.put("SEALPOST_ROLES", "mailbox");
            settings.put("JAVA_TOOL_OPTIONS", "-Xmx128m");
            for (Endless server : servers) {
                String box = "SEALPOST_MAILBOXES_E" + servers.indexOf(server);
                settings.put(box + "_HOST", "127.0.0.1");
                settings.put(box + "_PORT", String.valueOf(server.listener.getLocalPort()));
                settings.put(box + "_TLS", "insecure");
                settings.put(box + "_USER", "rua");
                settings.put(box + "_PASSWORD", "secret");
                settings.put(box + "_INTERVAL", "1s");
            }
            Path data = SharedSealpost.temporaryDirectory().resolve("endless");
            try (SealpostProcess reader = SealpostProcess.start(data, settings)) {
                Awaitility.await("all connected")
                        .atMost(Duration.ofSeconds(30))
                        .until(() -> servers.stream().allMatch(server -> server.connections.get() > 0));
                long before = residentKilobytes(reader, "VmRSS");
                BEGUN.countDown();
                Awaitility.await(reader.output())
                        .atMost(Duration.ofMinutes(3))
                        .until(() -> servers.stream().allMatch(server -> server.connections.get() > TRIES));
                long growth = residentKilobytes(reader, "VmHWM") - before;
                System.out.printf("resident memory grew from %d KB by %d KB%n", before, growth);
                assertThat(growth).as("from %d KB", before).isLessThan(MOST_GROWTH_KB);
                for (Endless server : servers) {
                    assertThat(server.said.get()).as("it did talk").isGreaterThan(TRIES * 200_000L);
                }
                assertThat(reader.output()).doesNotContain("OutOfMemoryError");
            }
        }
    }

    private static long residentKilobytes(SealpostProcess process, String which) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(line -> line.startsWith(which))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElseThrow();
    }

    /** Lets everybody in, and answers EXAMINE without end. */
    private static final class Endless implements AutoCloseable {
        private final ServerSocket listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        private final AtomicInteger connections = new AtomicInteger();
        private final AtomicLong said = new AtomicLong();
        private final byte[] begin;
        private final byte[] more;

        Endless(String begin, String more) throws IOException {
            this.begin = begin.getBytes(StandardCharsets.US_ASCII);
            this.more = more.getBytes(StandardCharsets.US_ASCII);
            Thread.ofVirtual().start(this::accept);
        }

        private void accept() {
            while (!listener.isClosed()) {
                try {
                    Socket socket = listener.accept();
                    connections.incrementAndGet();
                    Thread.ofVirtual().start(() -> serve(socket));
                } catch (IOException closed) {
                    // the test has ended
                }
            }
        }

        private void serve(Socket socket) {
            try (socket) {
                OutputStream out = socket.getOutputStream();
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
                BEGUN.await();
                out.write("* OK hello\r\n".getBytes(StandardCharsets.US_ASCII));
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    if (line.contains("EXAMINE")) {
                        break;
                    }
                    String capabilities = "* CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR\r\n";
                    String tag = line.substring(0, line.indexOf(' '));
                    out.write((capabilities + tag + " OK\r\n").getBytes(StandardCharsets.US_ASCII));
                }
                out.write(begin);
                while (true) {
                    out.write(more);
                    said.addAndGet(more.length);
                }
            } catch (IOException left) {
                // as it should
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            try {
                listener.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
