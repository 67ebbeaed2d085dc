package dev.sealpost.intake.mailbox;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** A Dovecot of our own on free ports, with one user and a Maildir; tests are skipped where it is not installed. */
public final class Dovecot implements AutoCloseable {
    /** Who signs in. */
    public static final String USER = "rua";

    /** With this password. */
    public static final String PASSWORD = "correct-horse";

    private static final Path BINARY = Path.of("/usr/sbin/dovecot");

    /** A data directory that was opened in this process has closed its umask, and Dovecot has many users. */
    private static final String COMMAND = "umask 022 && exec \"$0\" -F -c \"$1\"";

    private static final AtomicLong NUMBER = new AtomicLong();

    private final Path directory;
    private final TestCertificate certificate;
    private final int imap = freePort();
    private final int imaps = freePort();
    private final int pop3 = freePort();
    private final int pop3s = freePort();
    private final Process process;

    private Dovecot(String more) throws IOException, InterruptedException {
        // Not below a directory of JUnit: those are closed to other users, and mail processes are never root's.
        directory = Files.createTempDirectory("dovecot");
        open(directory);
        certificate = TestCertificate.of(directory, "localhost");
        Path users = Files.writeString(directory.resolve("users"), USER + ":{PLAIN}" + PASSWORD + "\n");
        Files.setPosixFilePermissions(users, PosixFilePermissions.fromString("rw-r--r--"));
        for (String name : List.of("mail", "mail/rua", "mail/rua/Maildir")) {
            open(Files.createDirectories(directory.resolve(name)));
        }
        for (String name : List.of("cur", "new", "tmp")) {
            open(Files.createDirectories(maildir().resolve(name)));
        }
        Path configuration = Files.writeString(directory.resolve("dovecot.conf"), configuration() + more);
        process = new ProcessBuilder("sh", "-c", COMMAND, BINARY.toString(), configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile())
                .start();
        await().atMost(Duration.ofSeconds(10)).until(() -> !process.isAlive() || listens(imap));
        // It listens before it can tell who may sign in.
        String[] signIn = {"doveadm", "-c", configuration.toString(), "auth", "test", USER, PASSWORD};
        await().atMost(Duration.ofSeconds(20)).until(() -> !process.isAlive() || succeeds(signIn));
        if (!process.isAlive()) {
            throw new IllegalStateException(log());
        }
    }

    /** Starts one, with more lines of configuration. */
    public static Dovecot start(String... more) {
        assumeTrue(Files.isExecutable(BINARY), "no Dovecot here");
        try {
            return new Dovecot(String.join("\n", more) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String configuration() {
        boolean root = System.getProperty("user.name").equals("root");
        String user = root ? "nobody" : System.getProperty("user.name");
        String group = root ? "nogroup" : run("id", "-gn");
        String users = root ? "" : """
                default_internal_user = %1$s
                default_login_user = %1$s
                """.formatted(user);
        return """
                base_dir = %1$s/run
                state_dir = %1$s/state
                log_path = %1$s/dovecot.log
                protocols = imap pop3
                listen = 127.0.0.1
                ssl = yes
                ssl_cert = <%2$s
                ssl_key = <%3$s
                auth_mechanisms = plain login
                auth_failure_delay = 0
                first_valid_uid = 1
                first_valid_gid = 1
                mail_uid = %4$s
                mail_gid = %9$s
                passdb {
                  driver = passwd-file
                  args = %1$s/users
                }
                userdb {
                  driver = static
                  args = uid=%4$s gid=%9$s home=%1$s/mail/%%u
                }
                mail_location = maildir:~/Maildir
                mail_max_userip_connections = 100
                namespace inbox {
                  inbox = yes
                  separator = /
                }
                service imap-login {
                  chroot =
                  inet_listener imap {
                    port = %5$d
                  }
                  inet_listener imaps {
                    port = %6$d
                    ssl = yes
                  }
                }
                service pop3-login {
                  chroot =
                  inet_listener pop3 {
                    port = %7$d
                  }
                  inet_listener pop3s {
                    port = %8$d
                    ssl = yes
                  }
                }
                service anvil {
                  chroot =
                  unix_listener anvil-auth-penalty {
                    mode = 0
                  }
                }
                """.formatted(
                        directory, certificate.certificate(), certificate.key(), user, imap, imaps, pop3, pop3s, group)
                + users;
    }

    /** Port of IMAP with STARTTLS. */
    public int imap() {
        return imap;
    }

    /** Port of IMAP with TLS. */
    public int imaps() {
        return imaps;
    }

    /** Port of POP3 with STLS. */
    public int pop3() {
        return pop3;
    }

    /** Port of POP3 with TLS. */
    public int pop3s() {
        return pop3s;
    }

    /** PEM file of its certificate, which is for localhost. */
    public Path trust() {
        return certificate.certificate();
    }

    /** Where the mails of the inbox are; other folders are .Name below it. */
    public Path maildir() {
        return directory.resolve("mail").resolve(USER).resolve("Maildir");
    }

    /** Puts mails into the inbox, with CRLF as they are. */
    public void deliver(byte[]... mails) {
        try {
            for (byte[] mail : mails) {
                String name = System.currentTimeMillis() / 1000 + "." + NUMBER.incrementAndGet() + ".test";
                Path file = Files.write(maildir().resolve("tmp").resolve(name), mail);
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
                Files.move(file, maildir().resolve("new").resolve(name), StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs an administrator's command. */
    public void doveadm(String... command) {
        List<String> words = new ArrayList<>(List.of("doveadm", "-c", directory + "/dovecot.conf"));
        words.addAll(List.of(command));
        try {
            Process run = new ProcessBuilder(words).redirectErrorStream(true).start();
            String said = new String(run.getInputStream().readAllBytes(), US_ASCII);
            if (run.waitFor() != 0) {
                throw new IllegalStateException(words + ": " + said + log());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What it logged. */
    public String log() {
        try {
            StringBuilder log = new StringBuilder(Files.readString(directory.resolve("output")));
            Path file = directory.resolve("dovecot.log");
            return Files.exists(file) ? log.append(Files.readString(file)).toString() : log.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            process.destroy();
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        delete(directory);
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted((a, b) -> b.compareTo(a)).forEach(file -> file.toFile().delete());
        } catch (IOException | UncheckedIOException e) {
            // A process that is just ending takes its files away itself.
        }
    }

    private static void open(Path directory) throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    private static String run(String... command) {
        try {
            return new String(
                            new ProcessBuilder(command).start().getInputStream().readAllBytes(), US_ASCII)
                    .strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean succeeds(String... command) throws IOException, InterruptedException {
        Process run = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return run.waitFor() == 0;
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
