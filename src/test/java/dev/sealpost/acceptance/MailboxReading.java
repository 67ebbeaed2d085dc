package dev.sealpost.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.sealpost.intake.mailbox.Dovecot;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;

/** A mailbox on a real server behind a proxy, for processes that read it into the tables that all tests share. */
abstract class MailboxReading {
    final SealpostProcess tables = SharedSealpost.get();
    final Path directory = SharedSealpost.temporaryDirectory();
    final Dovecot dovecot = Dovecot.start("disable_plaintext_auth = no");
    final CuttingProxy proxy = new CuttingProxy(dovecot.imap());
    private int delivered;

    MailboxReading() throws IOException {}

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        dovecot.close();
    }

    /** Of a process that reads the mailbox. */
    final Map<String, String> settings() throws IOException {
        Map<String, String> settings = OutageIT.addresses(tables.data());
        settings.put("SEALPOST_ROLES", "mailbox");
        settings.put("SEALPOST_MAILBOXES_SHARED_HOST", "127.0.0.1");
        settings.put("SEALPOST_MAILBOXES_SHARED_PORT", String.valueOf(proxy.port()));
        settings.put("SEALPOST_MAILBOXES_SHARED_TLS", "insecure");
        settings.put("SEALPOST_MAILBOXES_SHARED_USER", Dovecot.USER);
        settings.put("SEALPOST_MAILBOXES_SHARED_PASSWORD", Dovecot.PASSWORD);
        settings.put("SEALPOST_MAILBOXES_SHARED_AFTER", "seen");
        settings.put("SEALPOST_MAILBOXES_SHARED_INTERVAL", "2s");
        return settings;
    }

    /** Delivers so many mails, each with a report of one session of a domain. */
    final void deliver(String domain, int mails) {
        for (int i = 0; i < mails; i++) {
            String id = domain + "-" + ++delivered;
            dovecot.deliver(ReportMail.of(Reports.report("Mailbox", id, domain, "2026-11-01", 1, 0)));
        }
    }

    final int delivered() {
        return delivered;
    }

    final long flagged() throws IOException {
        try (Stream<Path> mails = Files.list(dovecot.maildir().resolve("cur"))) {
            return mails.filter(mail -> mail.getFileName().toString().matches(".*:2,[A-Z]*S.*"))
                    .count();
        }
    }

    /** All that was delivered is flagged within a minute. */
    final void awaitFlags(SealpostProcess... readers) {
        String outputs = Arrays.stream(readers).map(SealpostProcess::output).collect(Collectors.joining());
        Awaitility.await("all flagged, see " + outputs)
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> flagged() == delivered);
    }

    /** Every report that was delivered, all of one domain, is in the tables, once. */
    final void exactly(String domain) {
        var total = Answers.sessionsOf(tables, domain, delivered);
        assertThat(total.path("reports").asLong()).isEqualTo(delivered);
        assertThat(total.path("successfulSessions").asLong()).isEqualTo(delivered);
    }
}
