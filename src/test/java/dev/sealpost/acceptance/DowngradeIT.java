package dev.sealpost.acceptance;

import static dev.sealpost.acceptance.Reports.detail;
import static dev.sealpost.acceptance.Reports.policy;
import static dev.sealpost.acceptance.Reports.report;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.StreamSupport;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.sealpost.dns.DnsServer;
import dev.sealpost.intake.mailbox.Dovecot;
import dev.sealpost.intake.mailbox.Signer;
import dev.sealpost.notify.Receiver;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;

/**
 * Ninety days of twelve reporters, eleven over HTTPS from a network that is trusted and one by signed mail. On the last day
 * somebody strips STARTTLS between one reporter and a domain, and the certificate of another domain has expired.
 */
class DowngradeIT {
    private static final List<String> DOMAINS = List.of("stripped.example", "expired.example", "calm.example");
    private static final int REPORTERS = 12;
    private static final int DAYS = 90;
    private static final String ATTACKED = "Reporter 3";
    private static final String BY_MAIL = "Reporter 12";
    private static final Duration SETTLE = Duration.ofSeconds(20);
    private final LocalDate last = LocalDate.now(ZoneOffset.UTC).minusDays(1);

    private final Random random = new Random(20261126);
    private final GreenMail smtp = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private final Dovecot dovecot = Dovecot.start("disable_plaintext_auth = no");
    private final KeyPair keys = Signer.pair(2048);
    private final DnsServer dns = new DnsServer(this::answer);

    DowngradeIT() throws IOException {}

    @AfterEach
    void stop() throws IOException {
        dns.close();
        dovecot.close();
        smtp.stop();
    }

    @Test
    void anAttackIsOneCriticalIncidentAndAnExpiredCertificateOneOfMisconfiguration() throws Exception {
        smtp.start();
        deliverMails();
        try (Receiver webhook = new Receiver();
                Receiver alertmanager = new Receiver();
                SealpostProcess sealpost = SealpostProcess.start(
                        SharedSealpost.temporaryDirectory().resolve("downgrade"), settings())) {
            String secret = create(sealpost, "{\"type\":\"webhook\",\"url\":\"" + webhook.url() + "\"}")
                    .path("secret")
                    .asText();
            create(sealpost, "{\"type\":\"mail\",\"to\":[\"postmaster@calm.example\"]}");
            create(sealpost, "{\"type\":\"alertmanager\",\"url\":\"" + alertmanager.url() + "\"}");
            post(sealpost);
            Awaitility.await()
                    .atMost(Duration.ofMinutes(2))
                    .untilAsserted(() -> assertThat(stored(sealpost))
                            .as(sealpost.output()
                                    + sealpost.get("/api/v1/quarantine").body())
                            .isEqualTo((long) REPORTERS * DAYS * DOMAINS.size()));
            long stored = System.nanoTime();

            JsonNode attack = alert(sealpost, "attack");
            assertThat(attack.path("severity").asText()).isEqualTo("critical");
            assertThat(attack.path("domain").asText()).isEqualTo("stripped.example");
            assertThat(attack.path("organization").asText()).isEqualTo(ATTACKED);
            assertThat(attack.path("resultType").asText()).isEqualTo("starttls-not-supported");
            assertThat(attack.path("openedDay").asText()).isEqualTo(last.toString());
            JsonNode fault = alert(sealpost, "misconfiguration");
            assertThat(fault.path("domain").asText()).isEqualTo("expired.example");
            assertThat(fault.path("resultType").asText()).isEqualTo("certificate-expired");
            assertThat(fault.path("text").asText())
                    .contains("12 reporters", "(trusted-source) and by signed mail (dkim-aligned)");

            String id = attack.path("id").asText();
            Receiver.Call told = call(webhook, id);
            call(alertmanager, id);
            MimeMessage mail = mailAbout("stripped.example on");
            assertThat(Duration.ofNanos(System.nanoTime() - stored))
                    .as("told by all three")
                    .isLessThan(SETTLE.plusSeconds(60));
            assertThat(told.headers().get("webhook-signature").split(" ")).contains(signature(secret, told));
            assertThat(mail.getSubject())
                    .isEqualTo("[critical, opened] Looks like an attack: no STARTTLS at stripped.example, reported by "
                            + ATTACKED);
            assertThat(text(mail)).contains("Expected, by its past of ", "What it probably is: ", "Check first:");

            mailAbout("expired.example on");
            assertThat(items(sealpost)).as("nothing else").hasSize(2);
            assertThat(mails()).hasSize(2);
        }
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        settings.put("SEALPOST_WATCH_DOMAINS", String.join(",", DOMAINS));
        settings.put("SEALPOST_INTAKE_TRUSTED_SOURCES", "127.0.0.1");
        settings.put("SEALPOST_INTAKE_MAX_CONNECTIONS_PER_SOURCE", "1000");
        settings.put("SEALPOST_ALERTS_SETTLE", SETTLE.toString());
        settings.put("SEALPOST_OUTBOUND_ALLOW", "127.0.0.0/8");
        settings.put("QUARKUS_MAILER_FROM", "sealpost@calm.example");
        settings.put("QUARKUS_MAILER_HOST", "127.0.0.1");
        settings.put("QUARKUS_MAILER_PORT", String.valueOf(smtp.getSmtp().getPort()));
        settings.put("QUARKUS_MAILER_START_TLS", "DISABLED");
        settings.put(
                "JAVA_TOOL_OPTIONS", "-Ddns.server=127.0.0.1:" + dns.address().getPort());
        settings.put("SEALPOST_MAILBOXES_REPORTS_HOST", "127.0.0.1");
        settings.put("SEALPOST_MAILBOXES_REPORTS_PORT", String.valueOf(dovecot.imap()));
        settings.put("SEALPOST_MAILBOXES_REPORTS_TLS", "insecure");
        settings.put("SEALPOST_MAILBOXES_REPORTS_USER", Dovecot.USER);
        settings.put("SEALPOST_MAILBOXES_REPORTS_PASSWORD", Dovecot.PASSWORD);
        settings.put("SEALPOST_MAILBOXES_REPORTS_AUTHENTICITY", "strict");
        return settings;
    }

    private void deliverMails() {
        Signer signer = new Signer(keys, "sender.example");
        for (String domain : DOMAINS) {
            for (LocalDate day = last.minusDays(DAYS - 1); !day.isAfter(last); day = day.plusDays(1)) {
                String mail = new String(ReportMail.of(reportOf(BY_MAIL, domain, day)), StandardCharsets.US_ASCII);
                dovecot.deliver(signer.sign(mail).getBytes(StandardCharsets.US_ASCII));
            }
        }
    }

    private void post(SealpostProcess sealpost) throws Exception {
        List<Callable<Integer>> posts = new ArrayList<>();
        for (LocalDate day = last.minusDays(DAYS - 1); !day.isAfter(last); day = day.plusDays(1)) {
            for (String domain : DOMAINS) {
                for (int i = 1; i < REPORTERS; i++) {
                    String body = reportOf("Reporter " + i, domain, day);
                    posts.add(() -> Calls.post(sealpost, "/tlsrpt", body).statusCode());
                }
            }
        }
        try (ExecutorService senders = Executors.newFixedThreadPool(16)) {
            for (Future<Integer> status : senders.invokeAll(posts)) {
                assertThat(status.get()).isEqualTo(200);
            }
        }
    }

    private String reportOf(String reporter, String domain, LocalDate day) {
        int sessions = 200 + random.nextInt(200);
        int failed = random.nextInt(50) == 0 ? 1 : 0;
        String type = "validation-failure";
        if (day.equals(last) && domain.equals("stripped.example") && reporter.equals(ATTACKED)) {
            failed = sessions * 2 / 5;
            type = "starttls-not-supported";
        } else if (day.equals(last) && domain.equals("expired.example")) {
            failed = sessions * 9 / 10;
            type = "certificate-expired";
        }
        String details = failed == 0 ? "" : detail(type, "mx." + domain, "192.0.2.25", failed);
        return report(
                reporter,
                domain + "/" + day,
                day.toString(),
                policy("sts", domain, sessions - failed, failed, details));
    }

    private static long stored(SealpostProcess sealpost) {
        String total = "/api/v1/sessions?interval=total&from=2016-01-01&domain=" + String.join("&domain=", DOMAINS);
        return Answers.json(sealpost.get(total)).at("/rows/0/reports").asLong();
    }

    private static JsonNode create(SealpostProcess sealpost, String body) {
        var made = Calls.with(sealpost, "POST", "/api/v1/channels", body);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        return Answers.json(made);
    }

    private static List<JsonNode> items(SealpostProcess sealpost) {
        JsonNode items = Answers.json(sealpost.get("/api/v1/alerts")).path("items");
        return StreamSupport.stream(items.spliterator(), false).toList();
    }

    /** The one of a kind, as soon as it is there. */
    private static JsonNode alert(SealpostProcess sealpost, String kind) {
        List<JsonNode> found = Awaitility.await(kind + ", see " + sealpost.output())
                .atMost(SETTLE.plusSeconds(60))
                .until(
                        () -> items(sealpost).stream()
                                .filter(item -> item.path("kind").asText().equals(kind))
                                .toList(),
                        all -> !all.isEmpty());
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    private static Receiver.Call call(Receiver receiver, String alert) {
        return Awaitility.await("told of " + alert)
                .atMost(Duration.ofSeconds(60))
                .until(
                        () -> receiver.calls().stream()
                                .filter(call -> call.text().contains(alert))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private List<MimeMessage> mails() {
        return List.of(smtp.getReceivedMessages());
    }

    private MimeMessage mailAbout(String text) {
        return Awaitility.await("a mail about " + text)
                .atMost(Duration.ofSeconds(60))
                .until(
                        () -> mails().stream()
                                .filter(mail -> text(mail).contains(text))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private static String text(MimeMessage mail) {
        try {
            return (String) ((MimeMultipart) mail.getContent()).getBodyPart(0).getContent();
        } catch (IOException | MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As Standard Webhooks says, computed here by itself. */
    private static String signature(String secret, Receiver.Call call) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
        String head = call.headers().get("webhook-id") + "." + call.headers().get("webhook-timestamp") + ".";
        mac.update(head.getBytes(StandardCharsets.UTF_8));
        return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(call.body()));
    }

    private byte[] answer(Message question) {
        try {
            String record = Signer.record(keys.getPublic(), "");
            Name name = Name.fromString(new Signer(keys, "sender.example").keyName() + ".");
            List<String> strings = List.of(record.substring(0, 200), record.substring(200));
            return DnsServer.answer(question, new TXTRecord(name, DClass.IN, 1, strings))
                    .toWire();
        } catch (TextParseException e) {
            throw new UncheckedIOException(e);
        }
    }
}
