package dev.sealpost.intake.mailbox;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

import dev.sealpost.intake.mailbox.MailTroubleException.Kind;
import dev.sealpost.intake.mailbox.Pop3Session.Outcome;

/** Signs in on a POP3 server, by what it offers now (RFC 2449, RFC 5034). */
final class Pop3SignIn {
    private final Pop3Session session;
    private final MailboxConfig config;
    private final SignIn signIn;

    Pop3SignIn(Pop3Session session, MailboxConfig config, SignIn signIn) {
        this.session = session;
        this.config = config;
        this.signIn = signIn;
    }

    void run() throws MailTroubleException {
        Set<String> mechanisms = mechanisms();
        boolean password = signIn.mechanism() == SignIn.Mechanism.PLAIN;
        Outcome outcome;
        if (mechanisms.contains(signIn.mechanism().name())) {
            outcome = sasl();
        } else if (password) {
            outcome = session.ask("USER " + signIn.user(), Allowance.TALK);
            outcome = outcome.ok() ? session.answer("PASS " + signIn.secret()) : outcome;
        } else {
            throw new MailTroubleException(
                    Kind.SIGN_IN,
                    session.where() + " takes no tokens by " + signIn.mechanism()
                            + ": try the other mechanism, or a password");
        }
        if (!outcome.ok()) {
            throw refused(outcome, mechanisms);
        }
        session.hold();
    }

    private Set<String> mechanisms() throws MailTroubleException {
        Set<String> mechanisms = new HashSet<>();
        if (session.ask("CAPA", Allowance.TALK).ok()) {
            session.rest(line -> {
                if (line.regionMatches(true, 0, "SASL ", 0, 5)) {
                    mechanisms.addAll(
                            List.of(line.substring(5).toUpperCase(Locale.ROOT).split(" +")));
                }
            });
        }
        return mechanisms;
    }

    /** Always in two steps: a token is longer than a line with it may be. */
    private Outcome sasl() throws MailTroubleException {
        Outcome outcome = session.ask("AUTH " + signIn.mechanism(), Allowance.TALK);
        if (!outcome.ok() || outcome.text().startsWith("OK")) {
            return outcome.ok() ? new Outcome(false, "") : outcome;
        }
        outcome = session.answer(signIn.initial(config));
        // A token that is refused is told by one more question.
        return outcome.ok() && !outcome.text().startsWith("OK") ? session.answer(signIn.afterRefusal()) : outcome;
    }

    private MailTroubleException refused(Outcome outcome, Set<String> mechanisms) {
        String because = ServerWords.because(outcome.text(), signIn.secrets(config));
        if (Stream.of("IN-USE", "LOGIN-DELAY", "SYS/TEMP").anyMatch(outcome::says)) {
            return new MailTroubleException(
                    Kind.CONNECTION, session.where() + " lets nobody in for now: tried again later" + because);
        }
        if (signIn.mechanism() != SignIn.Mechanism.PLAIN) {
            return new MailTroubleException(
                    Kind.SIGN_IN,
                    session.where() + " refuses the token: check user, scope and what the application may" + because);
        }
        boolean tokens = mechanisms.contains("XOAUTH2") || mechanisms.contains("OAUTHBEARER");
        return new MailTroubleException(
                Kind.SIGN_IN,
                session.where() + " refuses user and password: check both"
                        + (tokens ? "; it takes OAuth2 tokens, perhaps only these: set oauth2" : "") + because);
    }
}
