package dev.sealpost.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import jakarta.mail.Flags;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.store.MailFolder;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.user.UserException;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Mailboxes on a mail server, read by a process of their own. */
class MailboxIT {
    private static final String PASSWORD = "open-sesame";

    private final SealpostProcess tables = SharedSealpost.get();
    private final Path directory = SharedSealpost.temporaryDirectory();
    private final GreenMail mail = new GreenMail(new ServerSetup[] {
        new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP),
        new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_POP3)
    });

    @BeforeEach
    void start() {
        mail.start();
    }

    @AfterEach
    void stop() {
        mail.stop();
    }

    @Test
    void reportsOfAllMailboxesAreCountedAndNothingChangesOnTheServer() throws Exception {
        GreenMailUser first = user("first@keep.example");
        GreenMailUser second = user("second@keep.example");
        for (int i = 0; i < 30; i++) {
            deliver(first, ReportMail.of(Reports.report("Keep", "imap-" + i, "keep.example", "2026-11-01", 1, 0)));
            deliver(second, ReportMail.of(Reports.report("Keep", "pop-" + i, "keep.example", "2026-11-01", 0, 1)));
        }
        deliver(first, ReportMail.other("no report"));
        Map<String, String> settings = settings("FIRST", "imap", first);
        settings.putAll(settings("SECOND", "pop3", second));
        settings.putAll(settings("AWAY", "imap", first));
        settings.put("SEALPOST_MAILBOXES_AWAY_PORT", "1");
        try (SealpostProcess reader = SealpostProcess.start(directory.resolve("keep"), settings)) {
            exactly("keep.example", 60);
            JsonNode away = await("away", row -> !row.path("lastError").asText().isEmpty());
            assertThat(away.path("lastError").asText()).contains("127.0.0.1");
            assertThat(away.path("lastSuccess").isNull()).isTrue();
            JsonNode works = await("first", row -> !row.path("lastSuccess").isNull());
            assertThat(works.path("backlog").asLong()).isZero();
            assertThat(works.path("lastError").asText()).isEmpty();
            assertThat(reader.getManagement("/q/health/group/mailbox").body()).contains("\"second\": \"works\"");
            assertThat(reader.getManagement("/q/metrics").body())
                    .contains("sealpost_mailbox_last_success_timestamp_seconds{mailbox=\"first\"}")
                    .contains("sealpost_mailbox_mails_total{kind=\"report\"} 60");
            assertThat(reader.output()).doesNotContain(PASSWORD);
            reader.kill();
        }
        try (SealpostProcess again = SealpostProcess.start(directory.resolve("keep"), settings)) {
            deliver(first, ReportMail.of(Reports.report("Keep", "more", "keep.example", "2026-11-01", 1, 0)));
            exactly("keep.example", 61);
            assertThat(again.getManagement("/q/metrics").body())
                    .as("what was read before is not read again")
                    .contains("sealpost_mailbox_mails_total{kind=\"report\"} 1");
        }
        MailFolder inbox = mail.getManagers().getImapHostManager().getInbox(first);
        assertThat(inbox.getMessageCount()).isEqualTo(32);
        assertThat(inbox.getMessages()).noneMatch(message -> message.getFlags().contains(Flags.Flag.SEEN));
    }

    @Test
    void mailsMoveWhenTheirReportsAreDurableAndOthersStay() throws Exception {
        GreenMailUser user = user("move@move.example");
        var folders = mail.getManagers().getImapHostManager();
        folders.createMailbox(user, "Done");
        for (int i = 0; i < 5; i++) {
            deliver(user, ReportMail.of(Reports.report("Move", "" + i, "move.example", "2026-11-01", 1, 0)));
        }
        deliver(user, ReportMail.other("stays"));
        deliver(user, tooManyParts(Reports.report("Move", "many", "move.example", "2026-11-01", 1, 0)));
        Map<String, String> settings = settings("MOVE", "imap", user);
        settings.put("SEALPOST_MAILBOXES_MOVE_AFTER", "move");
        settings.put("SEALPOST_MAILBOXES_MOVE_MOVE_TO", "Done");
        try (SealpostProcess reader = SealpostProcess.start(directory.resolve("move"), settings)) {
            exactly("move.example", 6);
            Awaitility.await(reader.output())
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> folders.getFolder(user, "Done").getMessageCount() == 6);
            assertThat(folders.getInbox(user).getMessageCount()).isEqualTo(1);
            Awaitility.await("the whole of the mail of which only the beginning was looked at")
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> items(tables, "/api/v1/quarantine?limit=1000").stream()
                            .anyMatch(row -> row.path("reason").asText().equals("unreadable-mail")));
        }
    }

    @Test
    void aStrictMailboxCountsNothingThatNobodySigned() throws Exception {
        GreenMailUser user = user("strict@strict.example");
        deliver(user, ReportMail.of(Reports.report("Strict", "1", "strict.example", "2026-11-01", 1, 0)));
        Map<String, String> settings = settings("STRICT", "imap", user);
        settings.put("SEALPOST_MAILBOXES_STRICT_AUTHENTICITY", "strict");
        try (SealpostProcess reader = SealpostProcess.start(directory.resolve("strict"), settings)) {
            JsonNode item = Awaitility.await(reader.output())
                    .atMost(Duration.ofSeconds(30))
                    .until(
                            () -> items(tables, "/api/v1/quarantine?limit=1000").stream()
                                    .filter(row -> row.path("reason").asText().equals("not-signed"))
                                    .toList(),
                            rows -> !rows.isEmpty())
                    .getFirst();
            assertThat(item.toString()).contains("strict");
        }
    }

    @Test
    void withoutABrokerTheMailsStayWhereTheyAre() throws Exception {
        GreenMailUser user = user("wait@wait.example");
        deliver(user, ReportMail.of(Reports.report("Wait", "1", "wait.example", "2026-11-01", 1, 0)));
        Map<String, String> settings = settings("WAIT", "imap", user);
        settings.put("SEALPOST_MAILBOXES_WAIT_AFTER", "seen");
        Map<String, String> away = new HashMap<>(settings);
        away.put("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1");
        MailFolder inbox = mail.getManagers().getImapHostManager().getInbox(user);
        try (SealpostProcess reader = SealpostProcess.start(directory.resolve("wait"), away)) {
            await("wait", row -> row.path("lastError").asText().contains("Kafka"));
            assertThat(inbox.getMessages().getFirst().getFlags().contains(Flags.Flag.SEEN))
                    .isFalse();
            assertThat(reader.output()).doesNotContain("\tat ");
        }
        try (SealpostProcess reader = SealpostProcess.start(directory.resolve("wait"), settings)) {
            exactly("wait.example", 1);
            Awaitility.await(reader.output())
                    .until(() -> inbox.getMessages().getFirst().getFlags().contains(Flags.Flag.SEEN));
        }
    }

    @Test
    void aWrongSettingStopsTheStartAndNamesItself() throws Exception {
        Map<String, String> settings = settings("BAD", "pop3", user("bad@bad.example"));
        settings.put("SEALPOST_MAILBOXES_BAD_AFTER", "seen");
        SealpostProcess process = SealpostProcess.launch(directory.resolve("bad"), settings);
        assertThat(process.await(60)).isTrue();
        assertThat(process.exitCode()).isEqualTo(2);
        assertThat(process.output()).contains("SEALPOST_MAILBOXES_BAD_AFTER", "POP3 can only keep and delete");
    }

    private GreenMailUser user(String name) throws UserException {
        return mail.getManagers().getUserManager().createUser(name, name, PASSWORD);
    }

    private static void deliver(GreenMailUser user, byte[] bytes) {
        user.deliver(GreenMailUtil.newMimeMessage(new String(bytes, StandardCharsets.US_ASCII)));
    }

    /** A report, and after it more than anybody looks at. */
    private static byte[] tooManyParts(String json) {
        return ("From: a@b.example\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
                        + "--b\r\nContent-Type: application/tlsrpt+json\r\n\r\n" + json
                        + "\r\n--b\r\nContent-Type: image/png\r\n\r\nx".repeat(300) + "\r\n--b--\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private Map<String, String> settings(String name, String protocol, GreenMailUser user) throws IOException {
        Map<String, String> settings = OutageIT.addresses(tables.data());
        settings.put("SEALPOST_ROLES", "mailbox");
        String box = "SEALPOST_MAILBOXES_" + name;
        int port = protocol.equals("imap")
                ? mail.getImap().getPort()
                : mail.getPop3().getPort();
        settings.put(box + "_PROTOCOL", protocol);
        settings.put(box + "_HOST", "127.0.0.1");
        settings.put(box + "_PORT", String.valueOf(port));
        settings.put(box + "_TLS", "insecure");
        settings.put(box + "_USER", user.getLogin());
        settings.put(box + "_PASSWORD", PASSWORD);
        settings.put(box + "_INTERVAL", "1s");
        return settings;
    }

    private JsonNode await(String mailbox, Predicate<JsonNode> wanted) {
        return Awaitility.await(mailbox)
                .atMost(Duration.ofSeconds(30))
                .until(
                        () -> items(tables, "/api/v1/mailboxes").stream()
                                .filter(row -> row.path("name").asText().equals(mailbox))
                                .filter(wanted)
                                .toList(),
                        rows -> !rows.isEmpty())
                .getFirst();
    }

    private static List<JsonNode> items(SealpostProcess sealpost, String path) {
        return StreamSupport.stream(
                        Answers.json(sealpost.get(path)).path("items").spliterator(), false)
                .toList();
    }

    private void exactly(String domain, int reports) {
        JsonNode total = Answers.sessionsOf(tables, domain, reports);
        assertThat(total.path("reports").asInt()).isEqualTo(reports);
        assertThat(total.path("successfulSessions").asInt()
                        + total.path("failedSessions").asInt())
                .isEqualTo(reports);
    }
}
