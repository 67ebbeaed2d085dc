package dev.sealpost.intake.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Moving and deleting on Dovecots that hide what they can, so that they are as poor as other servers. */
class DovecotSettleTest {
    private static final String POOR = "IMAP4rev1 SASL-IR LITERAL+";

    @ParameterizedTest
    @ValueSource(strings = {POOR + " MOVE UIDPLUS", POOR + " UIDPLUS", POOR})
    void settledMailsAreMovedOrDeleted_andNoOthers(String capabilities) throws Exception {
        MailServers servers = new MailServers(NoTokens.INSTANCE);
        try (Dovecot dovecot = Dovecot.start("imap_capability = " + capabilities)) {
            folder(dovecot, "Done");
            dovecot.deliver(DovecotImapTest.mails(4));
            List<String> keys;
            Settings move = settings(dovecot).with("after", "move").with("move-to", "Done");
            try (MailServer server = servers.connect("box", move.build())) {
                MailFolder folder = server.open(false);
                keys = folder.keys(_ -> true);
                folder.settle(keys.subList(0, 1));
                assertThat(folder.keys(_ -> true)).isEqualTo(keys.subList(1, 4));
            }
            assertThat(files(dovecot.maildir().resolve(".Done"))).hasSize(1);
            try (MailServer server = servers.connect(
                    "box", settings(dovecot).with("after", "delete").build())) {
                MailFolder folder = server.open(false);
                folder.settle(keys.subList(1, 2));
                assertThat(folder.keys(_ -> true)).isEqualTo(keys.subList(2, 4));
            }
            Path others = files(dovecot.maildir()).getLast();
            Files.move(
                    others,
                    others.resolveSibling(others.getFileName().toString().replaceFirst(":2,.*|$", ":2,T")));
            try (MailServer server = servers.connect(
                    "box", settings(dovecot).with("after", "delete").build())) {
                MailFolder folder = server.open(false);
                folder.settle(keys.subList(2, 3));
            }
            boolean safe = capabilities.contains("UIDPLUS");
            assertThat(files(dovecot.maildir()).stream().map(file -> String.valueOf(file.getFileName())))
                    .as("what somebody else has marked is still there, with ours beside it where only all could go")
                    .hasSize(safe ? 1 : 2)
                    .allMatch(name -> name.endsWith("T"));
        } finally {
            servers.stop();
        }
    }

    private static Settings settings(Dovecot dovecot) {
        return Settings.of(dovecot.imaps()).trust(dovecot.trust());
    }

    private static void folder(Dovecot dovecot, String name) throws IOException {
        for (String part : List.of("", "cur", "new", "tmp")) {
            Path path = Files.createDirectories(
                    dovecot.maildir().resolve("." + name).resolve(part));
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxrwxrwx"));
        }
    }

    /** The mails of a folder, oldest first. */
    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> read = Files.list(folder.resolve("cur"));
                Stream<Path> unread = Files.list(folder.resolve("new"))) {
            return Stream.concat(read, unread).sorted().toList();
        }
    }
}
