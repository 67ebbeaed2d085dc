package dev.sealpost.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import dev.sealpost.intake.mailbox.Dovecot;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Mails of a megabyte whose reports are as large as reports may be: thirty times that, and ten times that as objects. */
class GiantMailIT {
    private static final int MAILS = Integer.getInteger("giants.mails", 30);
    private static final String HEAP = System.getProperty("giants.heap", "96m");

    /** Of a large report; 140,000 are 32 MB, the most there may be, and 44,000 what 96 MB of heap have room for. */
    private static final int DETAILS = Integer.getInteger("giants.details", 44_000);

    private static final String DAY = "2026-11-01";

    private final SealpostProcess tables = SharedSealpost.get();
    private final Path directory = SharedSealpost.temporaryDirectory();

    @Test
    void largeReportsAmongOthersAreAllCountedByASmallProcess() throws Exception {
        int large = 0;
        try (Dovecot dovecot = Dovecot.start("disable_plaintext_auth = no")) {
            for (int i = 0; i < MAILS; i++) {
                if (i % 6 == 1) {
                    large++;
                    dovecot.deliver(ReportMail.of(giant("giant-" + i, DETAILS)));
                } else {
                    dovecot.deliver(ReportMail.of(Reports.report("Giants", "small-" + i, "giants.example", DAY, 1, 0)));
                }
            }
            dovecot.deliver(ReportMail.of(giant("too large", 160_000)));
            Map<String, String> settings = OutageIT.addresses(tables.data());
            settings.put("SEALPOST_ROLES", "mailbox");
            settings.put("JAVA_TOOL_OPTIONS", "-Xmx" + HEAP);
            String box = "SEALPOST_MAILBOXES_GIANTS";
            settings.put(box + "_HOST", "localhost");
            settings.put(box + "_PORT", String.valueOf(dovecot.imaps()));
            settings.put(box + "_TRUST", dovecot.trust().toString());
            settings.put(box + "_USER", Dovecot.USER);
            settings.put(box + "_PASSWORD", Dovecot.PASSWORD);
            long begin = System.nanoTime();
            try (SealpostProcess reader = SealpostProcess.start(directory.resolve("giants"), settings)) {
                int reports = MAILS;
                Awaitility.await(reader.output())
                        .atMost(Duration.ofSeconds(240))
                        .pollInterval(Duration.ofSeconds(1))
                        .until(() -> Answers.sessionsOf(tables, "giants.example", 1)
                                        .path("reports")
                                        .asInt()
                                == reports);
                System.err.printf("giants: %d of %d mails, %.1f s%n", large, MAILS, (System.nanoTime() - begin) / 1e9);
                Awaitility.await("the one that is larger than reports may be is kept")
                        .atMost(Duration.ofSeconds(60))
                        .until(() -> reader.getManagement("/q/metrics")
                                .body()
                                .contains("sealpost_reports_rejected_total{reason=\"too-large\"} 1.0"));
                assertThat(reader.await(0)).as(reader.output()).isFalse();
                assertThat(reader.output()).doesNotContain("Kafka does not take reports", "waits:");
            }
        }
        assertThat(Answers.sessionsOf(tables, "giants.example", MAILS)
                        .path("failedSessions")
                        .asLong())
                .isEqualTo((long) DETAILS * large);
    }

    /** 32 MB of JSON with 140,000 failure details, which gzip makes a thirtieth of. */
    private static String giant(String id, int details) {
        StringBuilder text = new StringBuilder(34 << 20);
        for (int i = 0; i < details; i++) {
            text.append(i == 0 ? "" : ",").append("""
                    {"result-type":"certificate-expired","sending-mta-ip":"192.0.2.%d","receiving-ip":"198.51.100.%d",\
                    "receiving-mx-hostname":"mx%d.giants.example","failed-session-count":1,\
                    "failure-reason-code":"reason %06d of what went wrong here"}""".formatted(i % 200, i % 250, i % 3, i));
        }
        return Reports.report("Giants", id, DAY, Reports.policy("sts", "giants.example", 0, details, text.toString()));
    }
}
