package dev.sealpost.intake.mailbox;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;

import dev.sealpost.intake.mailbox.MailTroubleException.Kind;
import dev.sealpost.intake.mailbox.MailboxConfig.Protocol;
import dev.sealpost.intake.mailbox.MailboxConfig.Tls;
import org.jboss.logging.Logger;

/** Connects to mail servers. Thread safe. */
@Singleton
final class MailServers {
    private static final Logger LOG = Logger.getLogger(MailServers.class);

    private final Set<String> warned = ConcurrentHashMap.newKeySet();
    private final Credentials credentials;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("mailbox-deadlines").factory());
    private final Dialer dialer = new Dialer(timer, System::nanoTime);

    MailServers(Tokens tokens) {
        this.credentials = new Credentials(tokens);
    }

    /**
     * Connects, encrypts and signs in.
     *
     * @param name of the mailbox
     */
    MailServer connect(String name, MailboxConfig config) throws MailTroubleException {
        SignIn signIn = credentials.of(name, config);
        if (config.tls() == Tls.INSECURE && warned.add(name)) {
            LOG.warnf("mailbox %s is read without encryption: password and mails can be read on the way", name);
        }
        try {
            return connect(name, config, signIn);
        } catch (MailTroubleException e) {
            if (e.kind() != Kind.SIGN_IN || !credentials.renews(name, signIn)) {
                throw e;
            }
            return connect(name, config, credentials.of(name, config));
        }
    }

    private MailServer connect(String name, MailboxConfig config, SignIn signIn) throws MailTroubleException {
        return config.protocol() == Protocol.IMAP ? imap(config, signIn) : pop3(name, config, signIn);
    }

    private MailServer imap(MailboxConfig config, SignIn signIn) throws MailTroubleException {
        ImapSession session = ImapSession.over(config, dialer.dial(config));
        boolean signedIn = false;
        try {
            new ImapSignIn(session, config, signIn).run();
            signedIn = true;
            return new ImapServer(session, config);
        } catch (InterruptedException e) {
            throw ImapServer.interrupted(session, e);
        } finally {
            if (!signedIn) {
                session.end();
            }
        }
    }

    private MailServer pop3(String name, MailboxConfig config, SignIn signIn) throws MailTroubleException {
        Pop3Server.check(name, config);
        return new Pop3Server(config, pop3(config, signIn), () -> pop3(config, credentials.of(name, config)));
    }

    private Pop3Session pop3(MailboxConfig config, SignIn signIn) throws MailTroubleException {
        Pop3Session session = new Pop3Session(Dialer.Endpoint.of(config), dialer.dial(config));
        boolean signedIn = false;
        try {
            new Pop3SignIn(session, config, signIn).run();
            signedIn = true;
            return session;
        } finally {
            if (!signedIn) {
                session.end();
            }
        }
    }

    @PreDestroy
    void stop() {
        timer.shutdownNow();
    }
}
