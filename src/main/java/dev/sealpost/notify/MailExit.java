package dev.sealpost.notify;

import java.time.Duration;
import java.util.Optional;
import jakarta.inject.Singleton;

import io.quarkus.mailer.reactive.ReactiveMailer;
import io.smallrye.mutiny.TimeoutException;
import io.vertx.ext.mail.SMTPException;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Sends mails by the operator's own mail server. */
@Singleton
class MailExit implements Exit {
    private static final Duration PATIENCE = Duration.ofSeconds(25);

    private final ReactiveMailer mailer;
    private final Optional<String> from;

    MailExit(ReactiveMailer mailer, @ConfigProperty(name = "quarkus.mailer.from") Optional<String> from) {
        this.mailer = mailer;
        this.from = from;
    }

    @Override
    public Outcome tell(Channel channel, Message message) {
        if (from.isEmpty()) {
            return Outcome.broken("no mail server is set: QUARKUS_MAILER_HOST and QUARKUS_MAILER_FROM");
        }
        try {
            mailer.send(AlertMail.of(message, channel.settings().to(), from.get()))
                    .await()
                    .atMost(PATIENCE);
            return Outcome.delivered("taken by the mail server");
        } catch (TimeoutException late) {
            return Outcome.broken("the mail server does not answer in time");
        } catch (RuntimeException e) {
            Throwable trouble = e.getCause() == null ? e : e.getCause();
            String words = "the mail server: " + trouble.getMessage();
            return trouble instanceof SMTPException said && isAboutMessage(said.getReplyCode())
                    ? Outcome.refused(words)
                    : Outcome.broken(words);
        }
    }

    /**
     * Whether another mail may be taken (RFC 5321 section 4.2.1): 55x and 57x are said of addresses and contents, as by a
     * filter that dislikes a text; 50x, 52x and 53x of the server and who speaks to it.
     */
    private static boolean isAboutMessage(int code) {
        return code >= 550 && code < 600;
    }
}
