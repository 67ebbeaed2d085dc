package dev.sealpost.intake.mailbox;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.sealpost.intake.mailbox.MailTroubleException.Kind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** IMAP as Dovecot speaks it. */
class DovecotImapTest {
    private static Dovecot dovecot;
    private static MailServers servers;

    @BeforeAll
    static void start() {
        dovecot = Dovecot.start();
        servers = new MailServers(NoTokens.INSTANCE);
    }

    @AfterAll
    static void stop() {
        if (dovecot != null) {
            dovecot.close();
            servers.stop();
        }
    }

    @BeforeEach
    @AfterEach
    void empty() throws IOException {
        try (Stream<Path> files = Files.walk(dovecot.maildir())) {
            files.filter(Files::isRegularFile).forEach(file -> file.toFile().delete());
        }
    }

    static Settings settings() {
        return Settings.of(dovecot.imaps()).trust(dovecot.trust());
    }

    static byte[] mail(int number) {
        return ("Subject: " + number + "\r\n\r\n" + "report ".repeat(number) + "\r\n").getBytes(US_ASCII);
    }

    static byte[][] mails(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(DovecotImapTest::mail).toArray(byte[][]::new);
    }

    static MailServer connect(Settings settings) throws MailTroubleException {
        return servers.connect("box", settings.build());
    }

    @Test
    void eachMailComesOnceAndAsItIs() throws Exception {
        dovecot.deliver(mails(250));
        try (MailServer server = connect(settings())) {
            MailFolder folder = server.open(true);
            List<String> keys = folder.keys(_ -> true);
            assertThat(keys).hasSize(250);
            Fetched fetched = new Fetched();
            folder.fetch(keys, fetched);
            assertThat(fetched.mails).hasSize(250);
            assertThat(fetched.mails.values().stream().map(m -> new String(m, US_ASCII)))
                    .containsExactlyInAnyOrder(Stream.of(mails(250))
                            .map(m -> new String(m, US_ASCII))
                            .toArray(String[]::new));
        }
    }

    /** More than are listed at once; a hundred thousand by {@code -Dsealpost.mails=100000}. */
    @Test
    @SuppressWarnings("SystemOut")
    void allMailsOfALargeFolderComeOnce_andAfterItsUidvalidityChangedAgain() throws Exception {
        int mails = Integer.getInteger("sealpost.mails", 2_500);
        for (int i = 0; i < mails; i++) {
            dovecot.deliver(mail(i % 50));
        }
        long validity;
        try (MailServer server = connect(settings().with("timeout", "120s"))) {
            MailFolder folder = server.open(true);
            validity = folder.validity();
            long begin = System.nanoTime();
            List<String> keys = folder.keys(_ -> true);
            assertThat(keys).hasSize(mails).doesNotHaveDuplicates();
            Counted counted = new Counted();
            for (int from = 0; from < mails; from += 500) {
                folder.fetch(keys.subList(from, Math.min(mails, from + 500)), counted);
            }
            assertThat(counted.keys).containsExactlyElementsOf(keys);
            System.out.printf("%d mails listed and fetched in %.1f s%n", mails, (System.nanoTime() - begin) / 1e9);
        }
        dovecot.doveadm("mailbox", "update", "-u", Dovecot.USER, "--uid-validity", "" + (validity + 1), "INBOX");
        try (MailServer server = connect(settings())) {
            MailFolder folder = server.open(true);
            assertThat(folder.validity()).isEqualTo(validity + 1);
            assertThat(folder.keys(_ -> true)).hasSize(mails);
        }
    }

    @Test
    void theTimeOfDeliveryIsTold() throws Exception {
        dovecot.deliver(mail(1));
        Instant then = Instant.parse("2026-02-03T04:05:06Z");
        try (Stream<Path> mails = Files.list(dovecot.maildir().resolve("new"))) {
            Files.setLastModifiedTime(mails.findFirst().orElseThrow(), FileTime.from(then));
        }
        try (MailServer server = connect(settings())) {
            MailFolder folder = server.open(true);
            Fetched fetched = new Fetched();
            folder.fetch(folder.keys(_ -> true), fetched);
            assertThat(fetched.received.values()).containsExactly(then);
        }
    }

    @Test
    void startTlsComesFirstWhereItIsChosen() throws Exception {
        dovecot.deliver(mail(1));
        Settings startTls =
                settings().with("port", Integer.toString(dovecot.imap())).with("tls", "starttls");
        try (MailServer server = connect(startTls)) {
            assertThat(server.open(true).keys(_ -> true)).hasSize(1);
        }
    }

    @Test
    void aWrongPasswordIsSaidWithoutTheSecret() {
        assertThatThrownBy(() -> connect(settings().with("password", "battery-staple")))
                .isInstanceOfSatisfying(
                        MailTroubleException.class, e -> assertThat(e.kind()).isEqualTo(Kind.SIGN_IN))
                .hasMessageContaining("refuses user and password")
                .hasMessageNotContaining("battery");
    }

    @Test
    void aFolderThatIsNotThereIsSaidWithThoseThatAre() throws Exception {
        try (MailServer server = connect(settings().with("folder", "Reports"))) {
            assertThatThrownBy(() -> server.open(true))
                    .hasMessageContaining("\"Reports\"; there are \"INBOX\"")
                    .isInstanceOfSatisfying(
                            MailTroubleException.class,
                            e -> assertThat(e.kind()).isEqualTo(Kind.FOLDER));
        }
    }

    @Test
    void aCertificateThatNobodyVouchesForEndsTheConnection() {
        assertThatThrownBy(() -> connect(settings().without("trust")))
                .hasMessageContaining("nobody trusted vouches for")
                .isInstanceOfSatisfying(
                        MailTroubleException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TLS));
    }

    @Test
    void idleReturnsSoonAfterAMailComes() throws Exception {
        try (MailServer server = connect(settings())) {
            MailFolder folder = server.open(true);
            assertThat(folder.keys(_ -> true)).isEmpty();
            CompletableFuture<Void> later = CompletableFuture.runAsync(
                    () -> dovecot.deliver(mail(1)),
                    CompletableFuture.delayedExecutor(300, java.util.concurrent.TimeUnit.MILLISECONDS));
            long start = System.nanoTime();
            folder.await(Duration.ofSeconds(30));
            later.join();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
            assertThat(folder.keys(_ -> true)).hasSize(1);
        }
    }

    @Test
    void keepChangesNothing() throws Exception {
        dovecot.deliver(mails(3));
        try (MailServer server = connect(settings().with("after", "keep"))) {
            MailFolder folder = server.open(true);
            List<String> keys = folder.keys(_ -> true);
            List<String> before = files();
            folder.fetch(keys, new Fetched());
            folder.settle(keys);
            assertThat(files()).isEqualTo(before);
            assertThat(folder.keys(_ -> true)).isEqualTo(keys);
        }
        try (MailServer server = connect(settings())) {
            assertThat(server.open(true).keys(_ -> true)).hasSize(3);
        }
        assertThat(files()).allMatch(name -> name.endsWith(":2,") || !name.contains(":2,"));
    }

    @Test
    void onlyTheSettledMailsAreMovedOrDeleted() throws Exception {
        for (String name : List.of("", "cur", "new", "tmp")) {
            Path part =
                    Files.createDirectories(dovecot.maildir().resolve(".Done").resolve(name));
            Files.setPosixFilePermissions(part, java.nio.file.attribute.PosixFilePermissions.fromString("rwxrwxrwx"));
        }
        dovecot.deliver(mails(4));
        List<String> keys;
        try (MailServer server = connect(settings().with("after", "move").with("move-to", "Done"))) {
            MailFolder folder = server.open(false);
            keys = folder.keys(_ -> true);
            folder.settle(keys.subList(0, 1));
            assertThat(folder.keys(_ -> true)).isEqualTo(keys.subList(1, 4));
        }
        try (MailServer server = connect(settings().with("after", "delete"))) {
            MailFolder folder = server.open(false);
            folder.settle(keys.subList(1, 3));
            assertThat(folder.keys(_ -> true)).isEqualTo(keys.subList(3, 4));
        }
        try (MailServer server = connect(settings().with("folder", "Done"))) {
            assertThat(server.open(true).keys(_ -> true)).hasSize(1);
        }
    }

    @Test
    void aMailThatIsGoneOrTooLargeIsTold() throws Exception {
        dovecot.deliver(mail(1), mail(2000));
        try (MailServer server = connect(settings().with("max-mail", "1K"))) {
            MailFolder folder = server.open(true);
            List<String> keys = new ArrayList<>(folder.keys(_ -> true));
            keys.add("4294967295");
            Fetched fetched = new Fetched();
            folder.fetch(keys, fetched);
            assertThat(fetched.mails).hasSize(1);
            assertThat(fetched.large).hasSize(1);
            assertThat(fetched.gone).containsExactly("4294967295");
        }
    }

    @Test
    void anInterruptEndsAWaitAtOnce() throws Exception {
        try (MailServer server = connect(settings())) {
            MailFolder folder = server.open(true);
            folder.keys(_ -> true);
            Thread waiting = Thread.currentThread();
            CompletableFuture<Void> later = CompletableFuture.runAsync(
                    waiting::interrupt,
                    CompletableFuture.delayedExecutor(500, java.util.concurrent.TimeUnit.MILLISECONDS));
            long start = System.nanoTime();
            assertThatThrownBy(() -> folder.await(Duration.ofMinutes(5))).isInstanceOf(InterruptedException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
            later.join();
        }
    }

    private static List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(dovecot.maildir())) {
            return files.filter(file -> file.toString().contains(".test"))
                    .map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    /** Keeps keys alone. */
    private static final class Counted implements MailFolder.Consumer {
        private final List<String> keys = new ArrayList<>();

        @Override
        public void take(String key, byte[] mail, @Nullable Instant received) {
            keys.add(key);
        }

        @Override
        public void tooLarge(String key, long size) {
            throw new AssertionError(key);
        }

        @Override
        public void gone(String key) {
            throw new AssertionError(key);
        }
    }

    /** Keeps what it is given. */
    static final class Fetched implements MailFolder.Consumer {
        final Map<String, byte[]> mails = new LinkedHashMap<>();
        final Map<String, Instant> received = new LinkedHashMap<>();
        final Map<String, Long> large = new LinkedHashMap<>();
        final Collection<String> gone = new ArrayList<>();

        @Override
        public void take(String key, byte[] mail, @Nullable Instant when) {
            assertThat(mails.put(key, mail)).isNull();
            if (when != null) {
                received.put(key, when);
            }
        }

        @Override
        public void tooLarge(String key, long size) {
            large.put(key, size);
        }

        @Override
        public void gone(String key) {
            gone.add(key);
        }
    }
}
