package dev.sealpost.acceptance;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.sealpost.intake.mailbox.Dovecot;

/**
 * A backlog of mails on a Dovecot of this machine: how fast a process with the role mailbox brings it to the topic, and beside
 * it how fast Dovecot gives the mails to somebody who only takes the bytes. See docs/performance.md.
 */
final class MailboxRateRun {
    private static final String KEY = "origin-key-of-the-mailbox-rate-benchmark";

    private MailboxRateRun() {}

    /** Runs with the number of mails given. */
    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws Exception {
        int mails = Integer.parseInt(arguments.length > 0 ? arguments[0] : "20000");
        Path directory = SharedSealpost.temporaryDirectory();
        Path outside = directory.resolve("outside");
        try (Dovecot dovecot = Dovecot.start("disable_plaintext_auth = no");
                SealpostProcess tables = SealpostProcess.start(
                        outside,
                        Map.of(
                                "SEALPOST_WATCH_DOMAINS",
                                "backlog.example",
                                "SEALPOST_ROLES",
                                "api",
                                "SEALPOST_ORIGIN_KEY",
                                KEY))) {
            Files.writeString(outside.resolve("origin.key"), KEY);
            for (int i = 0; i < mails; i++) {
                String json = Reports.report("Backlog", "" + i, "backlog.example", "2026-11-01", 1, 0);
                dovecot.deliver(ReportMail.of(json));
            }
            fetch(dovecot.imap(), mails);
            for (int round = 1; round <= 2; round++) {
                double seconds = fetch(dovecot.imap(), mails);
                System.out.printf("FETCH alone: %d mails in %.1f s, %.0f/s%n", mails, seconds, mails / seconds);
                Map<String, String> settings = OutageIT.addresses(outside);
                settings.put("SEALPOST_ROLES", "mailbox");
                settings.put(
                        "JAVA_TOOL_OPTIONS",
                        System.getProperty("options", "-Xmx96m -XX:+UseSerialGC -XX:TieredStopAtLevel=1"));
                String box = "SEALPOST_MAILBOXES_ROUND" + round;
                settings.put(box + "_HOST", "localhost");
                settings.put(box + "_PORT", String.valueOf(dovecot.imaps()));
                settings.put(box + "_TRUST", dovecot.trust().toString());
                settings.put(box + "_USER", Dovecot.USER);
                settings.put(box + "_PASSWORD", Dovecot.PASSWORD);
                try (SealpostProcess reader = SealpostProcess.start(directory.resolve("reader" + round), settings)) {
                    report(reader, tables, "round" + round, mails);
                }
            }
        }
    }

    private static double fetch(int port, int mails) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream()
                    .write(("a LOGIN " + Dovecot.USER + " " + Dovecot.PASSWORD
                                    + "\r\nb EXAMINE INBOX\r\nc UID FETCH 1:* BODY.PEEK[]\r\nd LOGOUT\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            long begin = System.nanoTime();
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[1 << 16];
            long bytes = 0;
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                bytes += count;
            }
            if (bytes < mails * 100L) {
                throw new IOException("only " + bytes + " bytes");
            }
            return (System.nanoTime() - begin) / 1e9;
        }
    }

    @SuppressWarnings("SystemOut")
    private static void report(SealpostProcess reader, SealpostProcess tables, String name, int mails)
            throws Exception {
        long begin = System.nanoTime();
        while (true) {
            TimeUnit.MILLISECONDS.sleep(500);
            var box = Answers.json(tables.get("/api/v1/mailboxes")).path("items");
            for (var row : box) {
                if (row.path("name").asText().equals(name)) {
                    if (!row.path("lastSuccess").isNull()) {
                        double seconds = (System.nanoTime() - begin) / 1e9;
                        System.out.printf(
                                "mailbox role: %d mails, %.0f/s by itself, %.1f s since it was ready, %s%n",
                                mails, row.path("mailsPerSecond").asDouble(), seconds, memory(reader));
                        return;
                    }
                    if (!row.path("lastError").asText().isEmpty()) {
                        System.out.println(row);
                    }
                }
            }
        }
    }

    private static String memory(SealpostProcess process) throws IOException {
        return Files.readString(Path.of("/proc/" + process.pid() + "/status"))
                .lines()
                .filter(line -> line.startsWith("VmHWM") || line.startsWith("VmRSS"))
                .map(line -> line.replaceAll("\\s+", " "))
                .reduce("", (a, b) -> a + " " + b);
    }
}
