package dev.sealpost.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.sealpost.store.MessageRow;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.mail.SMTPException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whom a mail server's refusal is about. */
class MailExitTest {
    private static Outcome after(Throwable trouble) {
        UUID id = UUID.randomUUID();
        Channel channel = new Channel(
                id,
                null,
                ChannelType.MAIL,
                new Settings(List.of("a@example.org"), null, null, true, Settings.PER_HOUR),
                Secrets.NONE);
        MessageRow row = new MessageRow(id, id, "opened", null, "high", "s", "t", "{}", 1, Notices.AT, 0);
        return new MailExit(_ -> Uni.createFrom().failure(trouble), Optional.of("s@example.org"))
                .tell(channel, Message.of(row));
    }

    @ParameterizedTest
    @CsvSource({
        "550, MESSAGE_REFUSED",
        "554, MESSAGE_REFUSED",
        "571, MESSAGE_REFUSED",
        "421, CHANNEL_BROKEN",
        "451, CHANNEL_BROKEN",
        "502, CHANNEL_BROKEN",
        "521, CHANNEL_BROKEN",
        "530, CHANNEL_BROKEN",
        "535, CHANNEL_BROKEN"
    })
    void aRefusalOfContentsIsOfThisMailAlone(int code, Outcome.End end) {
        Outcome outcome = after(new SMTPException("sending data failed", code, List.of(code + " no"), code >= 500));
        assertThat(outcome.end()).isEqualTo(end);
        assertThat(outcome.words()).startsWith("the mail server: ").contains("sending data failed");
    }
}
