package dev.sealpost.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import dev.sealpost.intake.mailbox.Dovecot;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A process that reads a mailbox loses the server, or dies, at the worst moments. */
class MailboxFaultIT {
    /** More by {@code -Dsealpost.rounds=200}. */
    private static final int ROUNDS = Integer.getInteger("sealpost.rounds", 4);

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final SealpostProcess tables = SharedSealpost.get();
    private final Path directory = SharedSealpost.temporaryDirectory();
    private final Dovecot dovecot = Dovecot.start("disable_plaintext_auth = no");
    private final CuttingProxy proxy = new CuttingProxy(dovecot.imap());
    private int delivered;

    MailboxFaultIT() throws IOException {}

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        dovecot.close();
    }

    @Test
    void aKillBetweenHandOverAndFlagLosesNothingAndNothingIsFlaggedBefore() throws Exception {
        String domain = "kill.example";
        Map<String, String> settings = settings();
        for (int round = 0; round < ROUNDS; round++) {
            deliver(domain, 3);
            CountDownLatch reached = proxy.hold(line -> line.contains("STORE"));
            SealpostProcess reader = SealpostProcess.launch(directory.resolve("reader"), settings);
            assertThat(reached.await(60, TimeUnit.SECONDS)).as(reader.output()).isTrue();
            reader.kill();
            assertThat(flagged()).as("flags").isZero();
            // A slow broker may have taken only some: then the others are read again, like all that is not flagged.
            if (proxy.heard("STORE").getLast().line().contains("STORE 1:" + delivered + " ")) {
                Answers.sessionsOf(tables, domain, delivered);
            }
            proxy.letGo();
        }
        try (SealpostProcess reader = SealpostProcess.start(directory.resolve("reader"), settings)) {
            awaitFlags(reader);
        }
        exactly(domain);
    }

    @Test
    void aCutAfterAnyLineLosesNothing() throws Exception {
        String domain = "cut.example";
        try (SealpostProcess reader = SealpostProcess.start(directory.resolve("cut"), settings())) {
            deliver(domain, 2);
            awaitFlags(reader);
            int session = proxy.lines();
            for (int round = 0; round < ROUNDS; round++) {
                proxy.letGo();
                proxy.cutAfter(1 + round * Math.max(1, session / ROUNDS) % session);
                deliver(domain, 2);
                awaitFlags(reader);
            }
        }
        exactly(domain);
    }

    @Test
    void aFolderThatNumbersItsMailsAnewIsReadAgainAndCountsOnce() throws Exception {
        String domain = "anew.example";
        try (SealpostProcess reader = SealpostProcess.start(directory.resolve("anew"), settings())) {
            deliver(domain, 5);
            awaitFlags(reader);
            exactly(domain);
            dovecot.doveadm("mailbox", "update", "-u", Dovecot.USER, "--uid-validity", "1234567890", "INBOX");
            Awaitility.await("all read again, see " + reader.output())
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> reader.getManagement("/q/metrics")
                            .body()
                            .contains("sealpost_mailbox_mails_total{kind=\"report\"} 10"));
            deliver(domain, 1);
            awaitFlags(reader);
        }
        exactly(domain);
    }

    private Map<String, String> settings() throws IOException {
        Map<String, String> settings = OutageIT.addresses(tables.data());
        settings.put("SEALPOST_ROLES", "mailbox");
        settings.put("SEALPOST_MAILBOXES_FAULT_HOST", "127.0.0.1");
        settings.put("SEALPOST_MAILBOXES_FAULT_PORT", String.valueOf(proxy.port()));
        settings.put("SEALPOST_MAILBOXES_FAULT_TLS", "insecure");
        settings.put("SEALPOST_MAILBOXES_FAULT_USER", Dovecot.USER);
        settings.put("SEALPOST_MAILBOXES_FAULT_PASSWORD", Dovecot.PASSWORD);
        settings.put("SEALPOST_MAILBOXES_FAULT_AFTER", "seen");
        settings.put("SEALPOST_MAILBOXES_FAULT_INTERVAL", "2s");
        settings.put("SEALPOST_MAILBOXES_FAULT_TIMEOUT", "5s");
        return settings;
    }

    private void deliver(String domain, int mails) {
        for (int i = 0; i < mails; i++) {
            String id = "fault-" + NUMBER.incrementAndGet();
            dovecot.deliver(ReportMail.of(Reports.report("Faults", id, domain, "2026-11-01", 1, 0)));
        }
        delivered += mails;
    }

    private long flagged() throws IOException {
        try (Stream<Path> mails = Files.list(dovecot.maildir().resolve("cur"))) {
            return mails.filter(mail -> mail.getFileName().toString().matches(".*:2,[A-Z]*S.*"))
                    .count();
        }
    }

    private void awaitFlags(SealpostProcess reader) {
        Awaitility.await("all flagged, see " + reader.output())
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> flagged() == delivered);
    }

    /** Every report is in the tables, once. */
    private void exactly(String domain) {
        var total = Answers.sessionsOf(tables, domain, delivered);
        assertThat(total.path("reports").asLong()).isEqualTo(delivered);
        assertThat(total.path("successfulSessions").asLong()).isEqualTo(delivered);
    }
}
