package dev.sealpost.intake.upload;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

import org.jspecify.annotations.Nullable;

/**
 * Splits an mbox (RFC 4155) into its mails, in any size of file: a line that begins with {@code From } and holds a time of
 * day, after a blank line, begins the next mail; one {@code >} that quotes such a line is taken away again.
 */
final class Mbox {
    private static final byte[] FROM = {'F', 'r', 'o', 'm', ' '};

    private final Lines lines;
    private final int limit;
    private boolean timed = true;
    private boolean begun;

    /**
     * @param in at the beginning of an mbox
     * @param limit bytes of one mail at the most
     */
    Mbox(InputStream in, int limit) {
        this.lines = new Lines(in);
        this.limit = limit;
    }

    /** Takes the mails. */
    interface Mails {
        /** One mail as it was before it came into the mbox; null if it is too large. */
        void mail(byte @Nullable [] mail) throws IOException, InterruptedException;
    }

    /** Passes on mail by mail. */
    void forEach(Mails mails) throws IOException, InterruptedException {
        ByteArrayOutputStream mail = new ByteArrayOutputStream();
        boolean tooLarge = false;
        boolean afterBlank = true;
        while (lines.next()) {
            if (lines.atStart() && afterBlank && lines.beginsWith(FROM, 0) && separates()) {
                if (begun) {
                    mails.mail(tooLarge ? null : mail.toByteArray());
                }
                begun = true;
                mail.reset();
                tooLarge = false;
                lines.skipToEnd();
            } else if (mail.size() + lines.length() > limit) {
                tooLarge = true;
                mail.reset();
            } else if (!tooLarge) {
                int quote = lines.atStart() && isQuoted() ? 1 : 0;
                mail.write(lines.bytes(), lines.offset() + quote, lines.length() - quote);
            }
            afterBlank = lines.atStart() && lines.isBlank();
        }
        if (begun) {
            mails.mail(tooLarge ? null : mail.toByteArray());
        }
    }

    /** The first line says whether this file's separators hold a time at all; nearly all do. */
    private boolean separates() {
        boolean time = lines.holdsTime();
        if (!begun) {
            timed = time;
        }
        return time || !timed;
    }

    private boolean isQuoted() {
        int quotes = 0;
        while (quotes < lines.length() && lines.bytes()[lines.offset() + quotes] == '>') {
            quotes++;
        }
        return quotes > 0 && lines.beginsWith(FROM, quotes);
    }
}
