package dev.sealpost.intake.mailbox;

import java.util.Collection;
import java.util.List;

/** Which mails of a folder are done, in memory and in the database. For one thread. */
interface Progress {
    /** Keys of the mails that are there and not done, oldest first. */
    List<String> open(MailFolder folder) throws MailTroubleException, LeaseLostException;

    /** Remembers mails as done. */
    void finish(Collection<String> keys) throws LeaseLostException;
}
