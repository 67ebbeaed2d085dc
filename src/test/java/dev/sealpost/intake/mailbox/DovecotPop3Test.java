package dev.sealpost.intake.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** POP3 as Dovecot speaks it. */
class DovecotPop3Test {
    private final Dovecot dovecot = Dovecot.start();
    private final MailServers servers = new MailServers(NoTokens.INSTANCE);

    @BeforeEach
    void deliver() {
        dovecot.deliver(DovecotImapTest.mails(3));
        dovecot.deliver("Subject: dots\r\n\r\n.\r\n..\r\n.a\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }

    @AfterEach
    void stop() {
        dovecot.close();
        servers.stop();
    }

    private Settings settings() {
        return Settings.of(dovecot.pop3s()).trust(dovecot.trust()).with("protocol", "pop3");
    }

    private List<String> keys(Settings settings) throws MailTroubleException {
        try (MailServer server = servers.connect("box", settings.build())) {
            return server.open(true).keys(_ -> true);
        }
    }

    @Test
    void mailsAreReadAsTheyAreAndStay() throws Exception {
        DovecotImapTest.Fetched fetched = new DovecotImapTest.Fetched();
        try (MailServer server = servers.connect("box", settings().build())) {
            MailFolder folder = server.open(true);
            folder.fetch(folder.keys(_ -> true), fetched);
            assertThat(folder.validity()).isZero();
        }
        assertThat(fetched.mails).hasSize(4);
        assertThat(fetched.mails.values())
                .anyMatch(mail -> new String(mail, java.nio.charset.StandardCharsets.US_ASCII)
                        .equals("Subject: dots\r\n\r\n.\r\n..\r\n.a\r\n"));
        Settings stls =
                settings().with("port", Integer.toString(dovecot.pop3())).with("tls", "starttls");
        assertThat(keys(stls)).containsExactlyElementsOf(fetched.mails.keySet());
    }

    @Test
    void onlyWhatIsSettledIsDeletedAndNewMailIsSeenAfterAWait() throws Exception {
        Settings delete = settings().with("after", "delete");
        try (MailServer server = servers.connect("box", delete.build())) {
            MailFolder folder = server.open(false);
            List<String> keys = folder.keys(_ -> true);
            folder.settle(keys.subList(0, 2));
            dovecot.deliver(DovecotImapTest.mail(9));
            folder.await(Duration.ofMillis(10));
            assertThat(folder.keys(_ -> true)).hasSize(3).containsAll(keys.subList(2, 4));
        }
    }

    @Test
    void whatPop3CannotDoIsRefusedAtTheStart() {
        assertThatThrownBy(() ->
                        servers.connect("box", settings().with("after", "seen").build()))
                .hasMessageContaining("POP3 knows no flags");
    }
}
