package dev.sealpost.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.sealpost.intake.mailbox.Dovecot;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A process that reads a mailbox loses the server, or dies, at the worst moments. */
class MailboxFaultIT extends MailboxReading {
    /** More by {@code -Dsealpost.rounds=200}. */
    private static final int ROUNDS = Integer.getInteger("sealpost.rounds", 4);

    MailboxFaultIT() throws IOException {}

    @Test
    void aKillBetweenHandOverAndFlagLosesNothingAndNothingIsFlaggedBefore() throws Exception {
        String domain = "kill.example";
        Map<String, String> settings = impatient();
        for (int round = 0; round < ROUNDS; round++) {
            deliver(domain, 3);
            CountDownLatch reached = proxy.hold(line -> line.contains("STORE"));
            SealpostProcess reader = SealpostProcess.launch(directory.resolve("reader"), settings);
            assertThat(reached.await(60, TimeUnit.SECONDS)).as(reader.output()).isTrue();
            reader.kill();
            assertThat(flagged()).as("flags").isZero();
            // A slow broker may have taken only some: then the others are read again, like all that is not flagged.
            if (proxy.heard("STORE").getLast().line().contains("STORE 1:" + delivered() + " ")) {
                Answers.sessionsOf(tables, domain, delivered());
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
        try (SealpostProcess reader = SealpostProcess.start(directory.resolve("cut"), impatient())) {
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
        try (SealpostProcess reader = SealpostProcess.start(directory.resolve("anew"), impatient())) {
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

    private Map<String, String> impatient() throws IOException {
        Map<String, String> settings = settings();
        settings.put("SEALPOST_MAILBOXES_SHARED_TIMEOUT", "5s");
        return settings;
    }
}
