package dev.sealpost.notify;

import java.time.Duration;
import java.util.Optional;
import jakarta.inject.Singleton;

import io.quarkus.mailer.reactive.ReactiveMailer;
import io.smallrye.mutiny.TimeoutException;
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
            // What the server said; the mailer has no type for its refusals.
            return Outcome.broken("the mail server: " + words(e));
        }
    }

    private static String words(Throwable trouble) {
        Throwable cause = trouble.getCause() == null ? trouble : trouble.getCause();
        return String.valueOf(cause.getMessage());
    }
}
