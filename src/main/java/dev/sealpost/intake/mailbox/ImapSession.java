package dev.sealpost.intake.mailbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Properties;

import dev.sealpost.intake.mailbox.MailTroubleException.Kind;
import org.eclipse.angus.mail.iap.Argument;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.iap.Response;
import org.eclipse.angus.mail.imap.protocol.IMAPProtocol;
import org.eclipse.angus.mail.imap.protocol.IMAPResponse;
import org.eclipse.angus.mail.util.MailLogger;
import org.jspecify.annotations.Nullable;

/**
 * Commands and answers of IMAP (RFC 9051) as Angus Mail writes and reads them. Its folders and messages are not used: they
 * keep an object for each mail, and take answers apart (BODYSTRUCTURE) that nobody asked for. For one thread.
 */
final class ImapSession extends IMAPProtocol {
    /** Takes untagged answers, one after the other, while the command runs. */
    interface Answers {
        void take(IMAPResponse answer) throws MailTroubleException, InterruptedException;
    }

    /**
     * How a command ended.
     *
     * @param text of the server, hostile
     */
    record Outcome(boolean ok, String text) {
        boolean says(String code) {
            return text.toUpperCase(Locale.ROOT).startsWith("[" + code);
        }
    }

    private final Line line;
    private final String where;
    private boolean ended;

    private ImapSession(MailboxConfig config, Properties settings, Line line) throws IOException, ProtocolException {
        super(
                "imap",
                config.host(),
                Dialer.Endpoint.port(config),
                settings,
                false,
                new MailLogger(ImapSession.class.getName(), "imap", false, System.err));
        this.line = line;
        this.where = Dialer.Endpoint.of(config);
        // Whatever the log level: it would show passwords and mails.
        suspendTracing();
    }

    /** Over a connection after its greeting. */
    static ImapSession over(MailboxConfig config, Line line) throws MailTroubleException {
        String millis = Long.toString(config.timeout().toMillis());
        Properties settings = new Properties();
        settings.put("mail.imap.socketFactory", line.asFactory("* OK ready\r\n"));
        settings.setProperty("mail.imap.socketFactory.fallback", "false");
        settings.setProperty("mail.imap.connectiontimeout", millis);
        settings.setProperty("mail.imap.timeout", millis);
        line.guard().begin(Allowance.TALK);
        try {
            return new ImapSession(config, settings, line);
        } catch (IOException | ProtocolException | RuntimeException e) {
            line.close();
            throw broken(line, Dialer.Endpoint.of(config), e);
        }
    }

    /** Plain: Angus' own takes FETCH answers apart by recursion. */
    @Override
    public Response readResponse() throws IOException, ProtocolException {
        return new IMAPResponse(this);
    }

    String where() {
        return where;
    }

    /** Runs a command to its end. */
    Outcome run(String command, @Nullable Argument arguments, Allowance allowance, Answers answers)
            throws MailTroubleException, InterruptedException {
        begin(allowance);
        return finish(start(command, arguments), answers);
    }

    /** As {@link #run}, for commands that a server refuses only for a reason that is not ours. */
    void must(String command, @Nullable Argument arguments, Allowance allowance, Answers answers)
            throws MailTroubleException, InterruptedException {
        Outcome outcome = run(command, arguments, allowance, answers);
        if (!outcome.ok()) {
            String verb = command.startsWith("UID ") ? command.substring(4) : command;
            throw new MailTroubleException(
                    Kind.FOLDER,
                    where + " refuses " + verb.replaceFirst(" .*", "")
                            + ServerWords.because(outcome.text(), List.of()));
        }
    }

    void begin(Allowance allowance) throws MailTroubleException {
        if (ended) {
            throw new MailTroubleException(Kind.CONNECTION, where + " is not connected any more");
        }
        line.guard().begin(allowance);
    }

    /** Reads up to the tagged answer. */
    Outcome finish(String tag, Answers answers) throws MailTroubleException, InterruptedException {
        boolean done = false;
        try {
            while (true) {
                IMAPResponse answer = next();
                if (answer.isBYE()) {
                    throw new MailTroubleException(Kind.CONNECTION, where + " ended the connection");
                }
                if (answer.isTagged()) {
                    if (!tag.equals(answer.getTag()) || !(answer.isOK() || answer.isNO() || answer.isBAD())) {
                        throw new MailTroubleException(Kind.PROTOCOL, where + " answers what was not asked");
                    }
                    if (answer.isBAD()) {
                        throw new MailTroubleException(Kind.PROTOCOL, where + " does not understand a command");
                    }
                    done = true;
                    return new Outcome(answer.isOK(), answer.getRest());
                }
                answers.take(answer);
            }
        } finally {
            if (done) {
                line.guard().hold();
            } else {
                end();
            }
        }
    }

    /** Sends a line that is no command: an answer of SASL, or the end of IDLE. */
    void send(String text) throws MailTroubleException {
        try {
            getOutputStream().write((text + "\r\n").getBytes(StandardCharsets.US_ASCII));
            getOutputStream().flush();
        } catch (IOException e) {
            throw fail(e);
        }
    }

    /** Writes a command whose answers are read by the caller. */
    String start(String command, @Nullable Argument arguments) throws MailTroubleException {
        try {
            return writeCommand(command, arguments);
        } catch (IOException | ProtocolException | RuntimeException e) {
            throw fail(e);
        }
    }

    /** The next answer. */
    IMAPResponse next() throws MailTroubleException {
        try {
            return (IMAPResponse) readResponse();
        } catch (IOException | ProtocolException | RuntimeException e) {
            throw fail(e);
        }
    }

    /** Whether an answer comes within the time. */
    boolean ready(Duration atMost) throws MailTroubleException {
        try {
            return hasResponse() || line.in().ready(atMost);
        } catch (IOException e) {
            throw fail(e);
        }
    }

    Guard guard() {
        return line.guard();
    }

    /** What the server can do, asked anew. */
    void askCapabilities() throws MailTroubleException {
        begin(Allowance.TALK);
        try {
            capability();
        } catch (ProtocolException | RuntimeException e) {
            throw fail(e);
        }
        line.guard().hold();
    }

    /** Ends the connection, whatever is on it. */
    void end() {
        ended = true;
        disconnect();
        line.close();
    }

    boolean hasEnded() {
        return ended;
    }

    private MailTroubleException fail(Exception e) {
        end();
        return broken(line, where, e);
    }

    private static MailTroubleException broken(Line line, String where, Exception e) {
        String trouble = line.guard().trouble();
        if (trouble != null) {
            boolean late = trouble.contains("in time");
            return new MailTroubleException(late ? Kind.CONNECTION : Kind.PROTOCOL, where + " " + trouble);
        }
        // Their messages may hold what the server said; they are no cause of ours.
        return e instanceof RuntimeException
                ? new MailTroubleException(Kind.PROTOCOL, where + " answers what cannot be understood")
                : new MailTroubleException(Kind.CONNECTION, where + " broke off");
    }
}
