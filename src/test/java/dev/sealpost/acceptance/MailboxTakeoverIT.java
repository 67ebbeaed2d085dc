package dev.sealpost.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Processes with the same mailbox, one database and one broker, as replicas have them: one reads at a time. */
class MailboxTakeoverIT extends MailboxReading {
    private static final String DOMAIN = "takeover.example";
    private static final int MAILS = 5;
    private static final Pattern READ = Pattern.compile("sealpost_mailbox_mails_total\\{kind=\"report\"\\} ([0-9]+)");

    MailboxTakeoverIT() throws IOException {}

    @Test
    void oneReads_andIsReplacedWhenItIsKilledOrSleepsTooLong() throws Exception {
        try (SealpostProcess first = start("first");
                SealpostProcess second = start("second")) {
            comeAndAreRead();
            boolean firstReads = read(first) > 0;
            assertThat(firstReads ? read(second) : read(first)).isZero();
            SealpostProcess other = firstReads ? second : first;
            (firstReads ? first : second).kill();
            comeAndAreRead();
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
            comeAndAreRead();
            assertThat(read(next)).isEqualTo(MAILS);
        } finally {
            sleeper.signal("CONT");
        }
        List<CuttingProxy.Heard> before = proxy.heard("STORE");
        comeAndAreRead();
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
        comeAndAreRead();
        assertThat(read(next)).isEqualTo(3 * MAILS);
    }

    private SealpostProcess start(String name) throws IOException {
        return SealpostProcess.start(directory.resolve(name), settings());
    }

    /** More mails come, and are flagged and counted once, whoever reads them. */
    private void comeAndAreRead() {
        deliver(DOMAIN, MAILS);
        awaitFlags();
        exactly(DOMAIN);
    }

    /** How many mails with reports a process has handed over. */
    private static long read(SealpostProcess process) {
        Matcher metric = READ.matcher(process.getManagement("/q/metrics").body());
        return metric.find() ? Long.parseLong(metric.group(1)) : 0;
    }
}
