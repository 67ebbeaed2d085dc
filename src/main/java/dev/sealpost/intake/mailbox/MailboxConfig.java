package dev.sealpost.intake.mailbox;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.WithDefault;

/** One mailbox. */
public interface MailboxConfig {
    /** How the server is spoken to. */
    enum Protocol {
        IMAP,
        POP3
    }

    /** How the connection is encrypted. */
    enum Tls {
        /** From the first byte. */
        IMPLICIT,
        /** After STARTTLS (STLS), which the server must offer; never falls back. */
        STARTTLS,
        /** Not at all: the password and all mails can be read on the way. */
        INSECURE
    }

    /** What happens to a mail after its reports are durable. */
    enum After {
        /** Nothing; the folder is opened read-only. */
        KEEP,
        SEEN,
        MOVE,
        DELETE
    }

    /** Which mails of a backlog come first. */
    enum Order {
        OLDEST,
        NEWEST
    }

    /** Whether a report has to be signed by its organisation. */
    enum Authenticity {
        /** What was verified is kept with the report. */
        LABEL,
        /** As RFC 8460, section 3 has it: what nobody signed goes to the quarantine. */
        STRICT
    }

    /** IMAP or POP3. */
    @WithDefault("imap")
    Protocol protocol();

    /** Name of the server, as in its certificate. */
    String host();

    /** The port; else the protocol's own: 993 and 995, 143 and 110 with STARTTLS or without encryption. */
    OptionalInt port();

    /** Encryption of the connection. */
    @WithDefault("implicit")
    Tls tls();

    /** PEM file of certificates that are trusted for this server instead of the usual ones. */
    Optional<Path> trust();

    /** Who signs in. */
    String user();

    /** The password. */
    Optional<String> password();

    /** A file with the password. */
    Optional<Path> passwordFile();

    /** Tokens instead of a password. */
    Optional<OAuth2> oauth2();

    /** The folder that is read; POP3 knows only INBOX. */
    @WithDefault("INBOX")
    String folder();

    /** What happens to a mail after its reports are durable. */
    @WithDefault("keep")
    After after();

    /** The folder that mails are moved to. */
    Optional<String> moveTo();

    /** Whether to wait for news with IDLE where the server has it. */
    @WithDefault("true")
    boolean idle();

    /** Time between two looks. */
    @WithDefault("5m")
    Duration interval();

    /** Which mails of a backlog come first. */
    @WithDefault("oldest")
    Order order();

    /** Largest mail that is fetched. */
    @WithDefault("16M")
    MemorySize maxMail();

    /** How often a mail is tried before it goes to the quarantine. */
    @WithDefault("5")
    int tries();

    /** Whether a report has to be signed. */
    @WithDefault("label")
    Authenticity authenticity();

    /** Own servers whose Authentication-Results (RFC 8601) are believed, by their authserv-id. */
    Optional<List<String>> trustedAuthservIds();

    /** Whether a key has to name the service tlsrpt (RFC 8460, section 3); Google's and Microsoft's do not. */
    @WithDefault("false")
    boolean tlsrptKeysOnly();

    /** The tenant whose reports come here. */
    Optional<String> tenant();

    /** Time for a connection, and for each answer. */
    @WithDefault("30s")
    Duration timeout();

    /** Where tokens come from. */
    interface OAuth2 {
        /** The token endpoint. */
        String tokenUrl();

        /** The registered application. */
        String clientId();

        /** Its secret. */
        Optional<String> clientSecret();

        /** A file with its secret. */
        Optional<Path> clientSecretFile();

        /** What is asked for, with spaces between. */
        Optional<String> scope();

        /** A refresh token; without one the application signs in for itself (client credentials). */
        Optional<String> refreshToken();

        /** A file with the refresh token. */
        Optional<Path> refreshTokenFile();

        /** How the token is given to the server. */
        @WithDefault("XOAUTH2")
        Mechanism mechanism();
    }

    /** SASL mechanisms for tokens. */
    enum Mechanism {
        XOAUTH2,
        /** RFC 7628. */
        OAUTHBEARER
    }
}
