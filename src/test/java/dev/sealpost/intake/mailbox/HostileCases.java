package dev.sealpost.intake.mailbox;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import dev.sealpost.intake.mailbox.HostileServerTest.Case;
import dev.sealpost.intake.mailbox.MailTroubleException.Kind;
import dev.sealpost.intake.mailbox.ScriptedMail.Answer;
import dev.sealpost.intake.mailbox.ScriptedServer.Peer;
import dev.sealpost.intake.mailbox.ScriptedServer.Script;
import org.jspecify.annotations.Nullable;

/** What hostile servers do. */
final class HostileCases {
    private static final String ALERT = "[ALERT] go to evil.example \33[2J";
    private static final List<String> BOTH = List.of("5", "9");

    private HostileCases() {}

    /** Before and at the switch to TLS (RFC 9051, section 6.2.1; RFC 2595). */
    static List<Case> startTls(String protocol) {
        boolean imap = protocol.equals("imap");
        String hello = imap ? "* OK " + ALERT + "\r\n" : "+OK " + ALERT + "\r\n";
        String trap = imap ? "* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n" : "+OK pipelined\r\n";
        List<Case> cases = new ArrayList<>();
        StartTls add = (name, kind, script) ->
                cases.add(new Case(name, "starttls", protocol, script, kind, imap ? BOTH : List.of("first", "second")));
        add.of("an honest server", null, peer -> serve(imap, switched(peer, imap, hello)));
        add.of(
                "STARTTLS is stripped",
                Kind.TLS,
                peer -> answerTls(peer, imap, hello, imap ? "$T BAD " + ALERT : "-ERR"));
        add.of(
                "STARTTLS is refused",
                Kind.TLS,
                peer -> answerTls(peer, imap, hello, imap ? "$T NO " + ALERT : "-ERR no"));
        add.of("STARTTLS is not answered", Kind.CONNECTION, peer -> {
            peer.say(hello);
            peer.silence();
        });
        add.of("the connection ends at STARTTLS", Kind.CONNECTION, peer -> {
            peer.say(hello).hear();
        });
        add.of("more in the packet of the OK", Kind.TLS, peer -> {
            peer.say(hello);
            String tag = heard(peer).replaceFirst(" .*", "");
            peer.say((imap ? tag + " OK\r\n" : "+OK\r\n") + trap);
            peer.silence();
        });
        add.of("more right before the handshake", Kind.TLS, peer -> {
            peer.say(hello);
            String tag = heard(peer).replaceFirst(" .*", "");
            peer.say(imap ? tag + " OK\r\n" : "+OK\r\n");
            pause(300);
            peer.say(trap);
            peer.silence();
        });
        add.of("the answer is there before the question", Kind.TLS, peer -> {
            peer.say(hello + (imap ? "S1 OK\r\nA0 OK\r\n" : "+OK\r\n"));
            peer.silence();
        });
        add.of("a greeting without an end", Kind.PROTOCOL, peer -> forever(peer, "x".repeat(4096)));
        add.of("a greeting of another protocol", Kind.PROTOCOL, peer -> {
            peer.say("220 mail.example ESMTP\r\n");
            peer.silence();
        });
        add.of("a greeting without its return", Kind.PROTOCOL, peer -> {
            peer.say(hello.replace("\r", ""));
            peer.silence();
        });
        add.of("no greeting", Kind.CONNECTION, Peer::silence);
        add.of("a greeting byte by byte", Kind.CONNECTION, peer -> {
            for (int i = 0; i < 100; i++) {
                peer.say(hello.substring(i % 4, i % 4 + 1));
                pause(400);
            }
        });
        add.of("turned away", Kind.CONNECTION, peer -> {
            peer.say(imap ? "* BYE " + ALERT + "\r\n" : "-ERR " + ALERT + "\r\n");
            peer.silence();
        });
        add.of("a certificate of another name", Kind.TLS, peer -> switched(peer, imap, hello));
        add.of("a certificate that nobody vouches for", Kind.TLS, peer -> switched(peer, imap, hello));
        add.of("silence instead of a handshake", Kind.CONNECTION, peer -> {
            peer.say(hello);
            String tag = heard(peer).replaceFirst(" .*", "");
            peer.say(imap ? tag + " OK\r\n" : "+OK\r\n");
            pause(6000);
        });
        if (imap) {
            add.of("signed in already", Kind.TLS, peer -> {
                peer.say("* PREAUTH " + ALERT + "\r\n");
                new ScriptedMailOver(peer).serve();
            });
            add.of("BYE instead of OK", Kind.CONNECTION, peer -> answerTls(peer, true, hello, "* BYE " + ALERT));
            add.of("the OK of another tag", Kind.TLS, peer -> answerTls(peer, true, hello, "A1 OK"));
            add.of("untagged lines without end", Kind.TLS, peer -> {
                peer.say(hello).hear();
                forever(peer, "* OK x\r\n");
            });
            add.of("capabilities before TLS", null, peer -> {
                Peer switched = switched(peer, true, "* OK [CAPABILITY IMAP4rev1 LOGINDISABLED AUTH=EVIL] x\r\n");
                ScriptedMail.imap().serveImap(switched);
            });
        }
        return cases;
    }

    /** Over implicit TLS. */
    static List<Case> imap() {
        List<Case> cases = new ArrayList<>();
        Over add = (name, kind, command, answer) -> cases.add(new Case(
                name,
                "implicit",
                "imap",
                peer -> ScriptedMail.imap()
                        .on(command, answer)
                        .serveImap(peer.secure().say("* OK x\r\n")),
                kind,
                BOTH));
        add.of("an honest server", null, "NOOP", text("$T OK\r\n"));
        cases.add(bare("TLS 1.1 only", Kind.TLS, peer -> peer.secure("TLSv1.1")));
        cases.add(bare("no TLS", Kind.TLS, peer -> peer.say("* OK x\r\n").silence()));
        cases.add(
                bare("silence after TLS", Kind.CONNECTION, peer -> peer.secure().silence()));
        cases.add(
                bare("the end after TLS", Kind.CONNECTION, peer -> peer.secure().say("* OK")));
        cases.add(bare(
                "a certificate of another name", Kind.TLS, peer -> peer.secure().silence()));
        cases.add(bare(
                "a certificate that nobody vouches for",
                Kind.TLS,
                peer -> peer.secure().silence()));
        cases.add(bare(
                "signed in already",
                Kind.TLS,
                peer -> peer.secure().say("* PREAUTH x\r\n").silence()));
        add.of("a referral at sign-in", Kind.SIGN_IN, "AUTHENTICATE", text("$T NO [REFERRAL imap://evil/] \33[2J\r\n"));
        add.of("the password in the answer", Kind.SIGN_IN, "AUTHENTICATE", text("$T NO is it correct-horse\r\n"));
        add.of(
                "no way to sign in",
                Kind.SIGN_IN,
                "CAPABILITY",
                text("* CAPABILITY IMAP4rev1 LOGINDISABLED\r\n$T OK\r\n"));
        add.of("busy at sign-in", Kind.CONNECTION, "AUTHENTICATE", text("$T NO [UNAVAILABLE] later\r\n"));
        add.of("silence at sign-in", Kind.CONNECTION, "AUTHENTICATE", (peer, _) -> peer.silence());
        add.of("BYE at sign-in", Kind.CONNECTION, "AUTHENTICATE", text("* BYE " + ALERT + "\r\n"));
        add.of("asks on and on", Kind.PROTOCOL, "AUTHENTICATE", (peer, _) -> forever(peer, "+ \r\n"));
        add.of("capabilities without end", Kind.PROTOCOL, "CAPABILITY", (peer, _) -> {
            peer.say("* CAPABILITY ");
            forever(peer, "X".repeat(4096) + " ");
        });
        add.of("a line without end", Kind.PROTOCOL, "NOOP", (peer, _) -> forever(peer, "x".repeat(65536)));
        add.of("lines without end", Kind.PROTOCOL, "NOOP", (peer, _) -> forever(peer, "* 1 EXISTS\r\n".repeat(500)));
        add.of("empty lines without end", Kind.PROTOCOL, "NOOP", (peer, _) -> forever(peer, "\r\n".repeat(500)));
        add.of("a line each second", Kind.CONNECTION, "NOOP", (peer, _) -> slowly(peer, "* OK still here\r\n"));
        add.of("a byte each second", Kind.CONNECTION, "NOOP", (peer, _) -> slowly(peer, "x"));
        add.of("the largest literal", Kind.PROTOCOL, "NOOP", text("* OK {2147483647}\r\n"));
        add.of("a literal beyond numbers", Kind.PROTOCOL, "NOOP", text("* OK {99999999999999999999}\r\n"));
        add.of("a literal as a mail", Kind.PROTOCOL, "BODIES", text("* 1 FETCH (UID 5 BODY[] {2147483647}\r\n"));
        add.of("literals without end", Kind.PROTOCOL, "BODIES", (peer, _) -> {
            peer.say("* 1 FETCH (UID 5 ");
            forever(peer, "BODY[] {4000}\r\n" + "x".repeat(4000));
        });
        add.of(
                "a number in braces within a line",
                Kind.PROTOCOL,
                "BODIES",
                text("* 1 FETCH (UID 5 BODY[] {1000000000}x)\r\n$T OK\r\n"));
        add.of(
                "structures in structures",
                Kind.PROTOCOL,
                "BODIES",
                text("* 1 FETCH (UID 5 BODYSTRUCTURE " + "(".repeat(100_000) + "\r\n$T OK\r\n"));
        add.of("the answer of another command", Kind.PROTOCOL, "NOOP", text("Z99 OK\r\n"));
        add.of("no UIDVALIDITY", Kind.PROTOCOL, "EXAMINE", text("* 2 EXISTS\r\n$T OK\r\n"));
        add.of(
                "an UIDVALIDITY that is none",
                Kind.PROTOCOL,
                "EXAMINE",
                text("* OK [UIDVALIDITY 4294967296] x\r\n$T OK\r\n"));
        add.of("a folder that is not there", Kind.FOLDER, "EXAMINE", text("$T NO " + ALERT + "\r\n"));
        add.of("another UIDVALIDITY under us", Kind.FOLDER, "NOOP", text("* OK [UIDVALIDITY 8] x\r\n$T OK\r\n"));
        add.of("more mails than there can be", Kind.PROTOCOL, "NOOP", (peer, tag) -> {
            peer.say("* 2147483647 EXISTS\r\n" + tag + " OK\r\n");
            peer.hear();
            forever(peer, "* 1 FETCH (UID 1)\r\n".repeat(500));
        });
        add.of(
                "UIDs out of order, twice and out of range",
                null,
                "FETCH",
                text(
                        "* 2 FETCH (UID 9)\r\n* 2 FETCH (UID 4294967296)\r\n* 1 FETCH (UID 5)\r\n* 2 FETCH (UID 0)\r\n$T OK\r\n"));
        add.of(
                "a UID twice",
                null,
                "FETCH",
                text("* 2 FETCH (UID 9 FLAGS (\\Seen))\r\n* 2 FETCH (FLAGS () UID 5)\r\n$T OK\r\n"));
        add.of(
                "sizes of other mails",
                null,
                "SIZES",
                text(
                        "* 7 FETCH (UID 77 RFC822.SIZE 6)\r\n* 1 FETCH (RFC822.SIZE 6 UID 5)\r\n* 2 FETCH (UID 9 RFC822.SIZE 6 MODSEQ (5))\r\n$T OK\r\n"));
        add.of(
                "other mails, and one twice",
                null,
                "BODIES",
                text(
                        "* 1 FETCH (UID 77 BODY[] {1}\r\nx)\r\n* 1 FETCH (BODY[] {1}\r\nx UID 5)\r\n* 1 FETCH (UID 5 BODY[] {1}\r\ny)\r\n* 2 FETCH (UID 9 BODY[] \"z\")\r\n* 3 FETCH (UID 10 BODY[] NIL)\r\n$T OK\r\n"));
        add.of(
                "BYE between mails",
                Kind.CONNECTION,
                "BODIES",
                text("* 1 FETCH (UID 5 BODY[] {1}\r\nx)\r\n* BYE " + ALERT + "\r\n"));
        add.of("the end within a mail", Kind.CONNECTION, "BODIES", (peer, _) -> {
            peer.say("* 1 FETCH (UID 5 BODY[] {100}\r\nx");
            throw new IOException("over");
        });
        add.of(
                "a mail that is listed and not given",
                Kind.PROTOCOL,
                "BODIES",
                text("* 1 EXPUNGE\r\n* 1 FETCH (UID 9 BODY[] {1}\r\nx)\r\n$T NO " + ALERT + "\r\n"));
        return cases;
    }

    static List<Case> pop3() {
        List<Case> cases = new ArrayList<>();
        Over add = (name, kind, command, answer) -> cases.add(new Case(
                name,
                "implicit",
                "pop3",
                peer -> ScriptedMail.pop3()
                        .on(command, answer)
                        .servePop3(peer.secure().say("+OK x\r\n")),
                kind,
                List.of("first", "second")));
        add.of("an honest server", null, "NOOP", text("+OK\r\n"));
        add.of("a wrong password", Kind.SIGN_IN, "SASL", text("-ERR [AUTH] \33[2J\r\n"));
        add.of("in use", Kind.CONNECTION, "SASL", text("-ERR [IN-USE] later\r\n"));
        add.of("neither yes nor no", Kind.PROTOCOL, "UIDL", text("maybe\r\n"));
        add.of("a line without end", Kind.CONNECTION, "UIDL", (peer, _) -> forever(peer, "x".repeat(65536)));
        add.of("mails without end", Kind.PROTOCOL, "UIDL", (peer, _) -> {
            peer.say("+OK\r\n");
            forever(peer, "1 a\r\n".repeat(500));
        });
        add.of("a mail without end", Kind.PROTOCOL, "RETR", (peer, _) -> {
            peer.say("+OK\r\n");
            forever(peer, "x".repeat(65536));
        });
        add.of("a byte each second", Kind.CONNECTION, "RETR", (peer, _) -> slowly(peer, "x"));
        add.of("silence", Kind.CONNECTION, "LIST", (peer, _) -> peer.silence());
        return cases;
    }

    private interface StartTls {
        void of(String name, @Nullable Kind kind, Script script);
    }

    private interface Over {
        void of(String name, @Nullable Kind kind, String command, Answer answer);
    }

    /** Plays the honest server in clear, as one would who wants the password. */
    private record ScriptedMailOver(Peer peer) {
        void serve() throws IOException {
            ScriptedMail.imap().serveImap(peer);
        }
    }

    private static String heard(Peer peer) throws IOException {
        return Objects.requireNonNull(peer.hear());
    }

    private static Case bare(String name, Kind kind, Script script) {
        return new Case(name, "implicit", "imap", script, kind, BOTH);
    }

    private static Answer text(String text) {
        return (peer, tag) -> peer.say(text.replace("$T", tag));
    }

    private static Peer switched(Peer peer, boolean imap, String hello) throws IOException {
        peer.say(hello);
        String tag = heard(peer).replaceFirst(" .*", "");
        return peer.say(imap ? tag + " OK begin\r\n" : "+OK begin\r\n").secure();
    }

    private static void serve(boolean imap, Peer peer) throws IOException {
        if (imap) {
            ScriptedMail.imap().serveImap(peer);
        } else {
            ScriptedMail.pop3().servePop3(peer);
        }
    }

    private static void answerTls(Peer peer, boolean imap, String hello, String answer) throws IOException {
        peer.say(hello);
        String tag = heard(peer).replaceFirst(" .*", "");
        peer.say(answer.replace("$T", tag) + "\r\n");
        serve(imap, peer);
    }

    private static void forever(Peer peer, String text) throws IOException {
        while (true) {
            peer.say(text);
        }
    }

    private static void slowly(Peer peer, String text) throws IOException {
        while (true) {
            peer.say(text);
            pause(700);
        }
    }

    /** The time is what is tested. */
    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
