package dev.sealpost.intake.mailbox;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

import dev.sealpost.intake.mailbox.ImapSession.Outcome;
import dev.sealpost.intake.mailbox.MailTroubleException.Kind;
import org.eclipse.angus.mail.iap.Argument;
import org.eclipse.angus.mail.imap.protocol.IMAPResponse;

/** Signs in on an IMAP server, by what it offers now. */
final class ImapSignIn {
    private static final int MAX_CHALLENGES = 3;

    private final ImapSession session;
    private final MailboxConfig config;
    private final SignIn signIn;

    ImapSignIn(ImapSession session, MailboxConfig config, SignIn signIn) {
        this.session = session;
        this.config = config;
        this.signIn = signIn;
    }

    void run() throws MailTroubleException, InterruptedException {
        Outcome outcome;
        if (session.hasCapability("AUTH=" + signIn.mechanism())) {
            outcome = sasl();
        } else if (signIn.mechanism() != SignIn.Mechanism.PLAIN) {
            throw new MailTroubleException(
                    Kind.SIGN_IN,
                    session.where() + " takes no tokens by " + signIn.mechanism()
                            + ": try the other mechanism, or a password");
        } else if (session.hasCapability("LOGINDISABLED")) {
            throw new MailTroubleException(Kind.SIGN_IN, session.where() + " takes no passwords" + wantsTokens());
        } else {
            outcome = login();
        }
        if (!outcome.ok()) {
            throw refused(outcome);
        }
        session.askCapabilities();
    }

    private Outcome login() throws MailTroubleException, InterruptedException {
        Argument arguments = new Argument()
                .writeString(signIn.user(), StandardCharsets.UTF_8)
                .writeString(signIn.secret(), StandardCharsets.UTF_8);
        return session.run("LOGIN", arguments, Allowance.TALK, _ -> {});
    }

    private Outcome sasl() throws MailTroubleException, InterruptedException {
        session.begin(Allowance.TALK);
        boolean sent = session.hasCapability("SASL-IR");
        String command = "AUTHENTICATE " + signIn.mechanism();
        String tag = session.start(sent ? command + " " + signIn.initial(config) : command, null);
        int[] challenges = {sent ? 1 : 0};
        return session.finish(tag, answer -> answer(answer, challenges));
    }

    private void answer(IMAPResponse answer, int[] challenges) throws MailTroubleException {
        if (!answer.isContinuation()) {
            return;
        }
        if (challenges[0] == MAX_CHALLENGES) {
            throw new MailTroubleException(Kind.PROTOCOL, session.where() + " asks on and on at sign-in");
        }
        session.send(challenges[0] == 0 ? signIn.initial(config) : signIn.afterRefusal());
        challenges[0]++;
    }

    private MailTroubleException refused(Outcome outcome) {
        List<String> secrets = signIn.secrets(config);
        String because = ServerWords.because(outcome.text(), secrets);
        if (Stream.of("UNAVAILABLE", "INUSE", "LIMIT", "SERVERBUG").anyMatch(outcome::says)) {
            return new MailTroubleException(
                    Kind.CONNECTION, session.where() + " lets nobody in for now: tried again later" + because);
        }
        return new MailTroubleException(
                Kind.SIGN_IN,
                signIn.mechanism() == SignIn.Mechanism.PLAIN
                        ? session.where() + " refuses user and password: check both" + wantsTokens() + because
                        : session.where() + " refuses the token: check user, scope and what the application may"
                                + because);
    }

    private String wantsTokens() {
        return session.hasCapability("AUTH=XOAUTH2") || session.hasCapability("AUTH=OAUTHBEARER")
                ? "; it takes OAuth2 tokens, perhaps only these: set oauth2"
                : "";
    }
}
