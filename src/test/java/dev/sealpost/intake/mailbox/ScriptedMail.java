package dev.sealpost.intake.mailbox;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

import dev.sealpost.intake.mailbox.ScriptedServer.Peer;

/** A small and honest IMAP or POP3 server with two mails, whose answers can be replaced by worse ones. */
final class ScriptedMail {
    /** How a command is answered. */
    interface Answer {
        void give(Peer peer, String tag) throws IOException;
    }

    private final Map<String, Answer> answers = new HashMap<>();

    static ScriptedMail imap() {
        return new ScriptedMail()
                .on("CAPABILITY", "* CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN\r\n$T OK\r\n")
                .on("AUTHENTICATE", "$T OK\r\n")
                .on("LOGIN", "$T OK\r\n")
                .on("NOOP", "$T OK\r\n")
                .on("LIST", "* LIST () \"/\" INBOX\r\n$T OK\r\n")
                .on("EXAMINE", "* 2 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n$T OK [READ-ONLY] x\r\n")
                .on("FETCH", "* 1 FETCH (UID 5)\r\n* 2 FETCH (UID 9)\r\n$T OK\r\n")
                .on("SIZES", "* 1 FETCH (UID 5 RFC822.SIZE 6)\r\n* 2 FETCH (UID 9 RFC822.SIZE 6)\r\n$T OK\r\n")
                .on(
                        "BODIES",
                        "* 1 FETCH (UID 5 BODY[] {6}\r\nA: b\r\n)\r\n* 2 FETCH (UID 9 BODY[] {6}\r\nA: c\r\n)\r\n$T OK\r\n")
                .on("LOGOUT", "* BYE x\r\n$T OK\r\n");
    }

    static ScriptedMail pop3() {
        return new ScriptedMail()
                .on("CAPA", "+OK\r\nSASL PLAIN\r\nUIDL\r\n.\r\n")
                .on("AUTH", "+ \r\n")
                .on("SASL", "+OK\r\n")
                .on("USER", "+OK\r\n")
                .on("PASS", "+OK\r\n")
                .on("UIDL", "+OK\r\n1 first\r\n2 second\r\n.\r\n")
                .on("LIST", "+OK\r\n1 6\r\n2 6\r\n.\r\n")
                .on("RETR", "+OK\r\nA: b\r\n.\r\n")
                .on("QUIT", "+OK\r\n");
    }

    ScriptedMail on(String command, String text) {
        return on(command, (peer, tag) -> peer.say(text.replace("$T", tag)));
    }

    ScriptedMail on(String command, Answer answer) {
        answers.put(command, answer);
        return this;
    }

    /** Answers until the client leaves. */
    void serveImap(Peer peer) throws IOException {
        for (String line = peer.hear(); line != null; line = peer.hear()) {
            int space = line.indexOf(' ');
            String command = line.substring(space + 1);
            String key = command.contains("RFC822.SIZE")
                    ? "SIZES"
                    : command.contains("BODY.PEEK") ? "BODIES" : command.replaceFirst(" .*", "");
            answer(peer, key, space < 0 ? "" : line.substring(0, space));
        }
    }

    /** Answers until the client leaves. */
    void servePop3(Peer peer) throws IOException {
        for (String line = peer.hear(); line != null; line = peer.hear()) {
            String key = line.replaceFirst(" .*", "");
            answer(peer, answers.containsKey(key) ? key : "SASL", "");
        }
    }

    private void answer(Peer peer, String key, String tag) throws IOException {
        Answer answer = answers.get(key);
        if (answer == null) {
            peer.say(tag + " BAD what is " + key + "\r\n");
        } else {
            answer.give(peer, tag);
        }
    }
}
