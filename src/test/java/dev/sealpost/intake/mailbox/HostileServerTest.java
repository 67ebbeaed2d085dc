package dev.sealpost.intake.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import dev.sealpost.intake.mailbox.MailTroubleException.Kind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Servers, and whoever sits before them, that want the password, our memory or our time. */
class HostileServerTest {
    private static final String PASSWORD = "correct-horse";

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final long MOST_BYTES = 32L * 1024 * 1024;

    @TempDir
    static Path directory;

    private static TestCertificate good;
    private static TestCertificate other;
    private static final MailServers servers = new MailServers(NoTokens.INSTANCE);
    private static final Map<Case, Future<Result>> results = new LinkedHashMap<>();
    private static ExecutorService running;

    /** How a case ended: what came in clear, what was said, and the trouble; fetched keys without one. */
    record Result(
            String clear,
            long said,
            Duration took,
            @Nullable MailTroubleException trouble,
            List<String> fetched) {}

    /** What a server does and what it must lead to: a kind of trouble, or null for the keys that come. */
    record Case(
            String name,
            String tls,
            String protocol,
            ScriptedServer.Script script,
            @Nullable Kind kind,
            List<String> keys) {
        @Override
        public String toString() {
            return protocol + " " + tls + ": " + name;
        }
    }

    @BeforeAll
    static void play() throws Exception {
        good = TestCertificate.of(directory, "localhost");
        other = TestCertificate.of(directory, "other.example");
        running = Executors.newFixedThreadPool(24);
        cases().forEach(each -> results.put(each, running.submit(() -> run(each))));
    }

    @AfterAll
    static void stop() {
        running.shutdownNow();
        servers.stop();
    }

    static Stream<Case> cases() {
        List<Case> cases = new ArrayList<>();
        cases.addAll(HostileCases.startTls("imap"));
        cases.addAll(HostileCases.startTls("pop3"));
        cases.addAll(HostileCases.imap());
        cases.addAll(HostileCases.pop3());
        return cases.stream();
    }

    private static Result run(Case each) throws Exception {
        boolean wrongName = each.name.contains("another name");
        boolean unknown = each.name.contains("nobody vouches");
        TestCertificate certificate = wrongName ? other : good;
        try (ScriptedServer server = new ScriptedServer(certificate.context(), each.script)) {
            MailboxConfig config = Settings.of(server.port())
                    .with("tls", each.tls)
                    .with("protocol", each.protocol)
                    .with("timeout", "1500ms")
                    .with("max-mail", "1M")
                    .trust((unknown ? other : certificate).certificate())
                    .build();
            long start = System.nanoTime();
            List<String> fetched = new ArrayList<>();
            @Nullable MailTroubleException trouble = null;
            try (MailServer mail = servers.connect("box", config)) {
                MailFolder folder = mail.open(true);
                DovecotImapTest.Fetched consumer = new DovecotImapTest.Fetched();
                folder.fetch(folder.keys(_ -> true), consumer);
                fetched.addAll(consumer.mails.keySet());
            } catch (MailTroubleException e) {
                trouble = e;
            }
            return new Result(
                    server.clear(), server.said(), Duration.ofNanos(System.nanoTime() - start), trouble, fetched);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void nothingSecretLeavesAndItEnds(Case each) throws Exception {
        Result result = results.entrySet().stream()
                .filter(entry -> entry.getKey().toString().equals(each.toString()))
                .findFirst()
                .orElseThrow()
                .getValue()
                .get();
        assertThat(result.clear).doesNotContain(PASSWORD).doesNotContain(base64());
        assertThat(result.took).isLessThan(PATIENCE);
        assertThat(result.said).isLessThan(MOST_BYTES);
        if (each.kind == null) {
            assertThat(result.trouble).isNull();
            assertThat(result.fetched).isEqualTo(each.keys);
        } else {
            MailTroubleException trouble = Objects.requireNonNull(result.trouble);
            assertThat(trouble.kind()).as(trouble.getMessage()).isEqualTo(each.kind);
            assertThat(trouble.getMessage())
                    .doesNotContain(PASSWORD)
                    .doesNotContain("\33")
                    .matches(".{10,400}");
            assertThat(trouble.getMessage()).doesNotContain("evil.example");
        }
    }

    private static String base64() {
        return Base64.getEncoder()
                .encodeToString(("\0rua\0" + PASSWORD).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
