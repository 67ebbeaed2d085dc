package dev.sealpost.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sealpost.dns.DnsServer;
import dev.sealpost.intake.mailbox.Dovecot;
import dev.sealpost.intake.mailbox.Signer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;

/** A mailbox that takes signed reports only, while the DNS has its troubles. A new process tries what waits at once. */
class StrictMailboxIT {
    private final SealpostProcess tables = SharedSealpost.get();
    private final Path directory = SharedSealpost.temporaryDirectory();
    private final Dovecot dovecot = Dovecot.start("disable_plaintext_auth = no");
    private final KeyPair keys = Signer.pair(2048);
    private volatile boolean failing = true;
    private final DnsServer dns = new DnsServer(this::answer);

    StrictMailboxIT() throws IOException {}

    @AfterEach
    void stop() throws IOException {
        dns.close();
        dovecot.close();
    }

    @Test
    void aKeyThatCannotBeLookedUpNowMakesAReportWaitAndNotGoToTheQuarantine() throws Exception {
        deliver("late.example");
        try (SealpostProcess reader = SealpostProcess.start(directory.resolve("late"), settings("LATE", 5))) {
            awaitLine(reader, "waits, the key of its signature cannot be looked up now; try 1 of 5");
            deliver("late.example");
            awaitLine(reader, "mail 2 waits");
            assertThat(reader.output()).as("mail 1 has to wait for its time").doesNotContain("try 2 of 5");
        }
        assertThat(quarantined("late")).isEmpty();
        failing = false;
        try (SealpostProcess reader = SealpostProcess.start(directory.resolve("late"), settings("LATE", 5))) {
            assertThat(Answers.sessionsOf(tables, "late.example", 2)
                            .path("reports")
                            .asInt())
                    .as(reader.output())
                    .isEqualTo(2);
        }
        assertThat(tables.get("/api/v1/reports?domain=late.example").body()).contains("\"dkim-aligned\"");
        assertThat(quarantined("late")).isEmpty();
    }

    @Test
    void afterTheLastTryItGoesToTheQuarantineWithThatReason() throws Exception {
        deliver("never.example");
        try (SealpostProcess reader = SealpostProcess.start(directory.resolve("never"), settings("NEVER", 2))) {
            awaitLine(reader, "try 1 of 2");
        }
        assertThat(quarantined("never")).isEmpty();
        try (SealpostProcess reader = SealpostProcess.start(directory.resolve("never"), settings("NEVER", 2))) {
            awaitLine(reader, "try 2 of 2");
            List<JsonNode> rows = Awaitility.await(reader.output())
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> quarantined("never"), found -> !found.isEmpty());
            assertThat(rows).singleElement().satisfies(row -> {
                assertThat(row.path("reason").asText()).isEqualTo("not-signed");
                assertThat(row.path("detail").asText()).contains("its key cannot be looked up now");
            });
        }
    }

    private void deliver(String domain) {
        String json = Reports.report("Strict", "" + System.nanoTime(), domain, "2026-11-01", 1, 0);
        String mail = new String(ReportMail.of(json), StandardCharsets.US_ASCII);
        dovecot.deliver(signer().sign(mail).getBytes(StandardCharsets.US_ASCII));
    }

    private Signer signer() {
        return new Signer(keys, "sender.example");
    }

    private byte[] answer(Message question) {
        Message answer = DnsServer.answer(question);
        if (failing) {
            answer.getHeader().setRcode(Rcode.SERVFAIL);
            return answer.toWire();
        }
        try {
            String record = Signer.record(keys.getPublic(), "");
            Name name = Name.fromString(signer().keyName() + ".");
            List<String> strings = List.of(record.substring(0, 200), record.substring(200));
            return DnsServer.answer(question, new TXTRecord(name, DClass.IN, 1, strings))
                    .toWire();
        } catch (TextParseException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, String> settings(String name, int tries) throws IOException {
        Map<String, String> settings = OutageIT.addresses(tables.data());
        String box = "SEALPOST_MAILBOXES_" + name;
        settings.put("SEALPOST_ROLES", "mailbox");
        settings.put(
                "JAVA_TOOL_OPTIONS", "-Ddns.server=127.0.0.1:" + dns.address().getPort());
        settings.put(box + "_HOST", "127.0.0.1");
        settings.put(box + "_PORT", String.valueOf(dovecot.imap()));
        settings.put(box + "_TLS", "insecure");
        settings.put(box + "_USER", Dovecot.USER);
        settings.put(box + "_PASSWORD", Dovecot.PASSWORD);
        settings.put(box + "_INTERVAL", "1s");
        settings.put(box + "_TRIES", String.valueOf(tries));
        settings.put(box + "_AUTHENTICITY", "strict");
        return settings;
    }

    private static void awaitLine(SealpostProcess reader, String text) {
        Awaitility.await(text)
                .atMost(Duration.ofSeconds(30))
                .until(() -> reader.output().contains(text));
    }

    private List<JsonNode> quarantined(String mailbox) {
        JsonNode items =
                Answers.json(tables.get("/api/v1/quarantine?source=" + mailbox)).path("items");
        return StreamSupport.stream(items.spliterator(), false).toList();
    }
}
