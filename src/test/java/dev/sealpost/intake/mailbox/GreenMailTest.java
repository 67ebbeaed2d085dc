package dev.sealpost.intake.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import jakarta.mail.internet.MimeMessage;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The mailbox against a server that needs no installation. */
class GreenMailTest {
    @TempDir
    Path directory;

    private final GreenMail green = new GreenMail(new ServerSetup[] {
        new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP),
        new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_POP3)
    });
    private final MailServers servers = new MailServers(NoTokens.INSTANCE);

    @BeforeEach
    void start() {
        green.start();
        var user = green.setUser("rua@example.com", "rua", "correct-horse");
        for (int i = 1; i <= 3; i++) {
            user.deliver(message(i));
        }
    }

    @AfterEach
    void stop() {
        green.stop();
        servers.stop();
    }

    private static MimeMessage message(int number) {
        return com.icegreen.greenmail.util.GreenMailUtil.createTextEmail(
                "rua@example.com",
                "x@example.net",
                "report " + number,
                "text",
                com.icegreen.greenmail.util.ServerSetupTest.IMAP);
    }

    @Test
    void mailsAreReadAndFlagged() throws Exception {
        MailboxConfig config = Settings.of(green.getImap().getPort())
                .with("tls", "insecure")
                .with("after", "seen")
                .build();
        try (MailServer server = servers.connect("box", config)) {
            MailFolder folder = server.open(false);
            List<String> keys = folder.keys(_ -> true);
            DovecotImapTest.Fetched fetched = new DovecotImapTest.Fetched();
            folder.fetch(keys, fetched);
            assertThat(fetched.mails.values())
                    .extracting(mail -> new String(mail, StandardCharsets.US_ASCII))
                    .hasSize(3)
                    .allMatch(mail -> mail.contains("Subject: report "));
            folder.settle(keys.subList(0, 2));
        }
        assertThat(green.getManagers()
                        .getImapHostManager()
                        .getInbox(green.getUserManager().getUser("rua"))
                        .getUnseenCount())
                .isEqualTo(1);
    }
}
