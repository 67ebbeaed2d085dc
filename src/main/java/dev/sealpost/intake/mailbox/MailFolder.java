package dev.sealpost.intake.mailbox;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * The folder that reports come to, open on a server. A mail is known by its key: the UID in decimal (IMAP), or what UIDL
 * says (POP3). For one thread.
 */
interface MailFolder {
    /** UIDVALIDITY: with another one, all keys mean other mails. 0 for POP3, whose keys never change their meaning. */
    long validity();

    /** Keys of the mails that are there now, oldest first, so far as the filter wants them. */
    List<String> keys(Predicate<String> wanted) throws MailTroubleException;

    /**
     * Fetches mails and gives each to the consumer as it comes, without changing anything on the server (BODY.PEEK). A mail
     * over the limit is not downloaded.
     *
     * @param keys at most a few hundred, of this folder and under this validity
     */
    void fetch(Collection<String> keys, Consumer consumer) throws MailTroubleException, InterruptedException;

    /** What to do with fetched mails. */
    interface Consumer {
        /**
         * The mail as the server has it. May block, which holds back the server.
         *
         * @param received when the server took it (INTERNALDATE, RFC 9051, section 2.3.3); null if it does not say
         */
        void take(String key, byte[] mail, @Nullable Instant received) throws InterruptedException;

        /** It has more bytes than are fetched. */
        void tooLarge(String key, long size) throws InterruptedException;

        /** It is not there any more. */
        void gone(String key);
    }

    /** Flags, moves or deletes mails, as configured, and only these. */
    void settle(Collection<String> keys) throws MailTroubleException;

    /** Waits for new mail: IDLE where the server has it, else just the time. Returns early when there may be some. */
    void await(Duration atMost) throws MailTroubleException, InterruptedException;
}
