package dev.sealpost.intake.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The very commands that change something on a server, for each kind of server. */
class ImapSettlementTest {
    private static final String MARK = "UID STORE 5 +FLAGS.SILENT (\\Deleted)";

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "seen|MOVE UIDPLUS|UID STORE 5 +FLAGS.SILENT (\\Seen)",
                "move|MOVE UIDPLUS|UID MOVE 5 Done",
                "move|MOVE|UID MOVE 5 Done",
                "move|UIDPLUS|UID COPY 5 Done; " + MARK + "; UID EXPUNGE 5",
                "move|''|UID COPY 5 Done; " + MARK + "; UID SEARCH DELETED; EXPUNGE",
                "delete|MOVE UIDPLUS|" + MARK + "; UID EXPUNGE 5",
                "delete|IMAP4rev2|" + MARK + "; UID EXPUNGE 5",
                "delete|''|" + MARK + "; UID SEARCH DELETED; EXPUNGE"
            })
    void eachKindOfServerHearsWhatItKnows(String after, String capabilities, String commands) throws Exception {
        assertThat(heard(after, capabilities, "* SEARCH 5\r\n$T OK\r\n"))
                .containsExactly(("STATUS INBOX (UIDVALIDITY); " + commands).split("; "));
    }

    @ParameterizedTest
    @CsvSource({"* SEARCH 5 9\\r\\n", "* SEARCH 9\\r\\n", "''"})
    void withoutUidPlusNothingIsExpungedWhileSomebodyElseHasMarkedMails(String found) throws Exception {
        assertThat(heard("delete", "", found.replace("\\r\\n", "\r\n") + "$T OK\r\n"))
                .containsExactly("STATUS INBOX (UIDVALIDITY)", MARK, "UID SEARCH DELETED");
    }

    @Test
    void aFolderThatWasMadeAnewIsNotTouched() throws Exception {
        ScriptedMail mail =
                mail("MOVE UIDPLUS", "$T OK\r\n").on("STATUS", "* STATUS INBOX (UIDVALIDITY 8)\r\n$T OK\r\n");
        assertThatThrownBy(() -> heard("delete", mail)).hasMessageContaining("numbered all mails of the folder anew");
    }

    private List<String> heard(String after, String capabilities, String uidAnswer) throws Exception {
        return heard(after, mail(capabilities, uidAnswer));
    }

    private static ScriptedMail mail(String capabilities, String uidAnswer) {
        return ScriptedMail.imap()
                .on("CAPABILITY", "* CAPABILITY IMAP4rev1 AUTH=PLAIN " + capabilities + "\r\n$T OK\r\n")
                .on("LIST", "* LIST () \"/\" INBOX\r\n* LIST () \"/\" Done\r\n$T OK\r\n")
                .on("SELECT", "* 2 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n$T OK [READ-WRITE] x\r\n")
                .on("STATUS", "* STATUS INBOX (UIDVALIDITY 7)\r\n$T OK\r\n")
                .on("EXPUNGE", "$T OK\r\n")
                .on("UID", uidAnswer);
    }

    /** What the server hears after the folder is open and until the client leaves, without tags. */
    private List<String> heard(String after, ScriptedMail mail) throws Exception {
        TestCertificate certificate = TestCertificate.of(directory, "localhost");
        MailServers servers = new MailServers(NoTokens.INSTANCE);
        try (ScriptedServer server = new ScriptedServer(certificate.context(), peer -> {
            peer.say("* OK x\r\n");
            mail.serveImap(peer);
        })) {
            Settings settings =
                    Settings.of(server.port()).with("tls", "insecure").with("after", after);
            MailboxConfig config = (after.equals("move") ? settings.with("move-to", "Done") : settings).build();
            try (MailServer signedIn = servers.connect("box", config)) {
                signedIn.open(false).settle(List.of("5"));
            }
            List<String> all = server.heard()
                    .lines()
                    .map(line -> line.substring(line.indexOf(' ') + 1))
                    .toList();
            int opened = all.indexOf("SELECT INBOX");
            return all.subList(opened + 1, all.size()).stream()
                    .filter(line -> !line.equals("LOGOUT"))
                    .toList();
        } finally {
            servers.stop();
        }
    }
}
