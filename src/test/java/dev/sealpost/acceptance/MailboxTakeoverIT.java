package dev.sealpost.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.sealpost.intake.mailbox.Dovecot;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Processes with the same mailbox, one database and one broker, as replicas have them: one reads at a time. */
class MailboxTakeoverIT {
    private static final String DOMAIN = "takeover.example";
    private static final int MAILS = 5;
    private static final Pattern READ = Pattern.compile("sealpost_mailbox_mails_total\\{kind=\"report\"\\} ([0-9]+)");

    private final SealpostProcess tables = SharedSealpost.get();
    private final Path directory = SharedSealpost.temporaryDirectory();
    private final Dovecot dovecot = Dovecot.start("disable_plaintext_auth = no");
    private final CuttingProxy proxy = new CuttingProxy(dovecot.imap());
    private int delivered;

    MailboxTakeoverIT() throws IOException {}

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        dovecot.close();
    }

    @Test
    void oneReads_andIsReplacedWhenItIsKilledOrSleepsTooLong() throws Exception {
        try (SealpostProcess first = start("first");
                SealpostProcess second = start("second")) {
            deliver();
            exactly();
            boolean firstReads = read(first) > 0;
            assertThat(firstReads ? read(second) : read(first)).isZero();
            SealpostProcess other = firstReads ? second : first;
            (firstReads ? first : second).kill();
            deliver();
            exactly();
            assertThat(read(other))
                    .as("what the other had finished is not read again")
                    .isEqualTo(MAILS);
            try (SealpostProcess third = start("third")) {
                sleepPastTheLease(other, third);
            }
        }
    }

    private void sleepPastTheLease(SealpostProcess sleeper, SealpostProcess next) throws Exception {
        sleeper.signal("STOP");
        try {
            deliver();
            exactly();
            assertThat(read(next)).isEqualTo(MAILS);
        } finally {
            sleeper.signal("CONT");
        }
        List<CuttingProxy.Heard> before = proxy.heard("STORE");
        deliver();
        exactly();
        assertThat(read(next)).isEqualTo(2 * MAILS);
        Awaitility.await("the sleeper sees what was done meanwhile")
                .atMost(Duration.ofSeconds(60))
                .until(() -> sleeper.output().contains("is read by another process now")
                        || sleeper.output().contains("broke off"));
        List<CuttingProxy.Heard> stores = proxy.heard("STORE");
        assertThat(stores.subList(before.size(), stores.size()))
                .as("the server hears from the new reader alone")
                .isNotEmpty()
                .allMatch(line -> line.connection() == before.getLast().connection());
        deliver();
        exactly();
        assertThat(read(next)).isEqualTo(3 * MAILS);
    }

    private SealpostProcess start(String name) throws IOException {
        Map<String, String> settings = OutageIT.addresses(tables.data());
        settings.put("SEALPOST_ROLES", "mailbox");
        settings.put("SEALPOST_MAILBOXES_SHARED_HOST", "127.0.0.1");
        settings.put("SEALPOST_MAILBOXES_SHARED_PORT", String.valueOf(proxy.port()));
        settings.put("SEALPOST_MAILBOXES_SHARED_TLS", "insecure");
        settings.put("SEALPOST_MAILBOXES_SHARED_USER", Dovecot.USER);
        settings.put("SEALPOST_MAILBOXES_SHARED_PASSWORD", Dovecot.PASSWORD);
        settings.put("SEALPOST_MAILBOXES_SHARED_AFTER", "seen");
        settings.put("SEALPOST_MAILBOXES_SHARED_INTERVAL", "2s");
        return SealpostProcess.start(directory.resolve(name), settings);
    }

    private void deliver() {
        for (int i = 0; i < MAILS; i++) {
            String id = "takeover-" + ++delivered;
            dovecot.deliver(ReportMail.of(Reports.report("Takeover", id, DOMAIN, "2026-11-01", 1, 0)));
        }
    }

    /** All that was delivered is flagged within a minute, and in the tables once. */
    private void exactly() {
        Awaitility.await("all flagged")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> flagged() == delivered);
        var total = Answers.sessionsOf(tables, DOMAIN, delivered);
        assertThat(total.path("reports").asLong()).isEqualTo(delivered);
        assertThat(total.path("successfulSessions").asLong()).isEqualTo(delivered);
    }

    private long flagged() throws IOException {
        try (Stream<Path> mails = Files.list(dovecot.maildir().resolve("cur"))) {
            return mails.filter(mail -> mail.getFileName().toString().matches(".*:2,[A-Z]*S.*"))
                    .count();
        }
    }

    /** How many mails with reports a process has handed over. */
    private static long read(SealpostProcess process) {
        Matcher metric = READ.matcher(process.getManagement("/q/metrics").body());
        return metric.find() ? Long.parseLong(metric.group(1)) : 0;
    }
}
