package dev.sealpost.intake.mailbox;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

import dev.sealpost.intake.mailbox.MailTroubleException.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Commands and answers of POP3 (RFC 1939). Not Angus Mail's: that says nothing when a server could not delete, and keeps an
 * object for each mail. For one thread.
 */
final class Pop3Session {
    private static final int MAX_LINE = 4096;

    /** Takes the lines of an answer. */
    interface Lines {
        void take(String line) throws MailTroubleException;
    }

    /**
     * The first line of an answer.
     *
     * @param text of the server, hostile
     */
    record Outcome(boolean ok, String text) {
        boolean says(String code) {
            return text.regionMatches(true, 0, "[" + code, 0, code.length() + 1);
        }
    }

    private final String where;
    private final Line line;
    private final InputStream in;
    private boolean ended;

    Pop3Session(String where, Line line) {
        this.where = where;
        this.line = line;
        this.in = new BufferedInputStream(line.in(), 16 * 1024);
    }

    String where() {
        return where;
    }

    /** A command and the first line of its answer; the operation goes on until {@link #rest}. */
    Outcome ask(String command, Allowance allowance) throws MailTroubleException {
        if (ended) {
            throw new MailTroubleException(Kind.CONNECTION, where + " is not connected any more");
        }
        line.guard().begin(allowance);
        return answer(command);
    }

    /** The same within an operation: the next line of a sign-in. */
    Outcome answer(String command) throws MailTroubleException {
        try {
            line.out().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
            line.out().flush();
            String answer = readLine(MAX_LINE);
            if (answer.startsWith("+OK") || answer.startsWith("+ ") || answer.equals("+")) {
                return new Outcome(true, answer.substring(1));
            }
            if (answer.startsWith("-ERR")) {
                line.guard().hold();
                return new Outcome(false, answer.substring(4).strip());
            }
        } catch (IOException e) {
            throw fail();
        }
        end();
        throw new MailTroubleException(Kind.PROTOCOL, where + " answers what cannot be understood");
    }

    /** A command that a server refuses only for a reason that is not ours. */
    Outcome must(String command, Allowance allowance) throws MailTroubleException {
        Outcome outcome = ask(command, allowance);
        if (!outcome.ok()) {
            throw new MailTroubleException(
                    Kind.FOLDER,
                    where + " refuses " + command.replaceFirst(" .*", "")
                            + ServerWords.because(outcome.text(), List.of()));
        }
        return outcome;
    }

    /** The lines after a first one. */
    void rest(Lines lines) throws MailTroubleException {
        try {
            for (String next = readLine(MAX_LINE); !next.equals("."); next = readLine(MAX_LINE)) {
                lines.take(next.startsWith(".") ? next.substring(1) : next);
            }
        } catch (IOException e) {
            throw fail();
        }
    }

    /** A mail after a first line, without dots that were added; null if it has more bytes. */
    byte @Nullable [] mail(long atMost) throws MailTroubleException {
        ByteArrayOutputStream mail = new ByteArrayOutputStream(8 * 1024);
        try {
            boolean atStart = true;
            int previous = 0;
            while (true) {
                int b = read();
                if (atStart && b == '.') {
                    b = read();
                    if (b == '\r') {
                        // A dot of its own; whatever is in its line after it is no part of the protocol.
                        if (read() == '\n') {
                            return mail.size() > atMost ? null : mail.toByteArray();
                        }
                        throw new IOException();
                    }
                }
                if (mail.size() <= atMost) {
                    mail.write(b);
                }
                atStart = b == '\n' && previous == '\r';
                previous = b;
            }
        } catch (IOException e) {
            throw fail();
        }
    }

    void hold() {
        line.guard().hold();
    }

    void end() {
        ended = true;
        line.close();
    }

    boolean hasEnded() {
        return ended;
    }

    private String readLine(int max) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int b = read(); b != '\n'; b = read()) {
            if (text.length() > max) {
                throw new IOException("endless");
            }
            text.append((char) b);
        }
        int length = text.length();
        return length > 0 && text.charAt(length - 1) == '\r' ? text.substring(0, length - 1) : text.toString();
    }

    private int read() throws IOException {
        int b = in.read();
        if (b < 0) {
            throw new IOException("end");
        }
        return b;
    }

    private MailTroubleException fail() {
        end();
        String trouble = line.guard().trouble();
        if (trouble == null) {
            return new MailTroubleException(Kind.CONNECTION, where + " broke off");
        }
        return new MailTroubleException(
                trouble.contains("in time") ? Kind.CONNECTION : Kind.PROTOCOL, where + " " + trouble);
    }
}
