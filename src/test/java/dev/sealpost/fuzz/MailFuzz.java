package dev.sealpost.fuzz;

import dev.sealpost.mime.MailLimits;
import dev.sealpost.mime.MailPart;
import dev.sealpost.mime.MailReader;
import dev.sealpost.mime.MailReading;

/** Fuzz target: bytes as a mailbox may hold them, to the mail reader. */
public final class MailFuzz {
    private static final MailReader READER = new MailReader(Invariants.READER);
    private static final int MAX_HEADER_CHARS = 255;
    private static final int MAX_NAME_CHARS = 1_024;

    private MailFuzz() {}

    /** Loads what is needed, outside the time of any input. */
    public static void fuzzerInitialize() {
        Seeds.of(MailFuzz.class).forEach(MailFuzz::fuzzerTestOneInput);
    }

    public static void fuzzerTestOneInput(byte[] input) {
        MailReading mail = Invariants.readTwice(READER::read, input);
        Invariants.requireText(mail.reportDomain(), MAX_HEADER_CHARS);
        Invariants.requireText(mail.reportSubmitter(), MAX_HEADER_CHARS);
        if (mail.trouble() != null) {
            Invariants.requireLine(mail.trouble());
        }
        Invariants.require(mail.parts().size() <= MailLimits.DEFAULT.maxParts(), "too many parts");
        for (MailPart part : mail.parts()) {
            Invariants.requireText(part.contentType(), MAX_HEADER_CHARS);
            Invariants.requireText(part.fileName(), MAX_NAME_CHARS);
            Invariants.check(part.reading());
        }
    }
}
