package dev.sealpost.intake.mailbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import dev.sealpost.intake.mailbox.MailTroubleException.Kind;
import org.jspecify.annotations.Nullable;

/** What a mailbox is signed in with, read anew at each sign-in. */
final class Credentials {
    private static final int MAX_BYTES = 64 * 1024;

    private final Tokens tokens;

    Credentials(Tokens tokens) {
        this.tokens = tokens;
    }

    /** Password or token of a mailbox. */
    SignIn of(String name, MailboxConfig config) throws MailTroubleException {
        if (config.oauth2().isPresent()) {
            MailboxConfig.OAuth2 oauth2 = config.oauth2().get();
            return new SignIn(
                    SignIn.Mechanism.valueOf(oauth2.mechanism().name()),
                    printable(name, "user", config.user()),
                    tokens.token(name, oauth2, config.timeout()));
        }
        String password = secret(name, "password", config.password(), config.passwordFile());
        if (password == null) {
            throw new MailTroubleException(
                    Kind.SIGN_IN, "mailbox " + name + " has no password, password-file or oauth2: set one of them");
        }
        return new SignIn(SignIn.Mechanism.PLAIN, printable(name, "user", config.user()), password);
    }

    /** Whether something else can be tried in place of what was refused: a new token. */
    boolean renews(String name, SignIn refused) {
        return refused.mechanism() != SignIn.Mechanism.PLAIN && tokens.forget(name, refused.secret());
    }

    /** A secret from its value or its file, without the line end; null if neither is set. */
    static @Nullable String secret(String name, String what, Optional<String> value, Optional<Path> file)
            throws MailTroubleException {
        if (value.isPresent()) {
            return printable(name, what, value.get());
        }
        if (file.isEmpty()) {
            return null;
        }
        try {
            if (Files.size(file.get()) > MAX_BYTES) {
                throw new IOException("too large");
            }
            return printable(name, what, Files.readString(file.get()).replaceFirst("\\R\\z", ""));
        } catch (IOException e) {
            // Its message may be a piece of the file.
            throw new MailTroubleException(
                    Kind.SIGN_IN,
                    "mailbox " + name + " cannot read its " + what + " from the file " + file.get()
                            + ": see that it is there, readable, and one line of text");
        }
    }

    private static String printable(String name, String what, String value) throws MailTroubleException {
        if (value.isEmpty() || value.chars().anyMatch(Character::isISOControl)) {
            throw new MailTroubleException(
                    Kind.SIGN_IN, "mailbox " + name + " has a " + what + " that is empty or has control characters");
        }
        return value;
    }
}
