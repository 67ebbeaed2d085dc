package dev.sealpost.intake.mailbox;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

import dev.sealpost.intake.mailbox.MailTroubleException.Kind;
import dev.sealpost.intake.mailbox.MailboxConfig.Protocol;

/**
 * What is said before a library listens: the greeting, and the way to TLS (RFC 9051, section 6.2.1; RFC 2595, section 4).
 * Nothing of it is believed or shown but the one word that lets us go on.
 */
final class ClearText {
    private static final int MAX_LINE = 4096;
    private static final int MAX_LINES = 20;

    private final GuardedInput in;
    private final OutputStream out;
    private final Protocol protocol;

    ClearText(GuardedInput in, OutputStream out, Protocol protocol) {
        this.in = in;
        this.out = out;
        this.protocol = protocol;
    }

    /** Reads the greeting. */
    void greeting() throws IOException, MailTroubleException {
        String line = line();
        if (protocol == Protocol.POP3) {
            if (is(line, "-ERR")) {
                throw new MailTroubleException(Kind.CONNECTION, "turns connections away: try again later");
            }
            if (!is(line, "+OK")) {
                throw malformed();
            }
        } else if (is(line, "* BYE")) {
            throw new MailTroubleException(Kind.CONNECTION, "turns connections away: try again later");
        } else if (is(line, "* PREAUTH")) {
            throw new MailTroubleException(
                    Kind.TLS,
                    "says that somebody is signed in already (PREAUTH): not used, somebody may be in between");
        } else if (!is(line, "* OK")) {
            throw malformed();
        }
    }

    /**
     * Asks for TLS.
     *
     * @param tag not guessable, so that no answer can be there before the question
     */
    void startTls(String tag) throws IOException, MailTroubleException {
        nothingMore();
        String command = protocol == Protocol.POP3 ? "STLS" : tag + " STARTTLS";
        out.write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
        String ok = protocol == Protocol.POP3 ? "+OK" : tag + " OK";
        for (int lines = 0; ; lines++) {
            String line = line();
            if (is(line, ok)) {
                nothingMore();
                return;
            }
            if (is(line, "* BYE")) {
                throw new MailTroubleException(Kind.CONNECTION, "ended the connection when asked for encryption");
            }
            if (lines == MAX_LINES || protocol == Protocol.POP3 || !line.startsWith("* ")) {
                throw new MailTroubleException(
                        Kind.TLS, "refuses STARTTLS: nothing was sent; use tls implicit, or have the server offer it");
            }
        }
    }

    /** Whoever sits in between can send before TLS, but then it must not be taken for what comes after. */
    private void nothingMore() throws IOException, MailTroubleException {
        if (in.available() > 0) {
            throw new MailTroubleException(
                    Kind.TLS, "sends more before encryption than it may: nothing was sent, somebody may be in between");
        }
    }

    private static boolean is(String line, String expected) {
        return line.regionMatches(true, 0, expected, 0, expected.length())
                && (line.length() == expected.length() || line.charAt(expected.length()) == ' ');
    }

    /** One byte after the other: what follows the line stays where it is. */
    private String line() throws IOException, MailTroubleException {
        StringBuilder line = new StringBuilder();
        while (line.length() <= MAX_LINE) {
            int b = in.read();
            if (b < 0) {
                throw new MailTroubleException(Kind.CONNECTION, "broke off before its greeting");
            }
            if (b == '\r') {
                if (in.read() != '\n') {
                    throw malformed();
                }
                return line.toString();
            }
            if (b == '\n' || b == 0) {
                throw malformed();
            }
            line.append((char) b);
        }
        throw malformed();
    }

    private MailTroubleException malformed() {
        return new MailTroubleException(
                Kind.PROTOCOL,
                "does not speak " + protocol.name().toUpperCase(Locale.ROOT)
                        + " here: check host, port, protocol and tls");
    }
}
