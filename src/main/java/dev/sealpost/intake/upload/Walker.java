package dev.sealpost.intake.upload;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

import dev.sealpost.mime.ClaimedDomains;
import dev.sealpost.mime.MailPart;
import dev.sealpost.mime.MailReader;
import dev.sealpost.mime.MailReading;
import dev.sealpost.origin.MailClaims;
import org.jspecify.annotations.Nullable;

/**
 * Walks one source after the other down to its documents, whatever they are packed in, and keeps one document in memory at
 * a time. What a thing is, its bytes say. A broken container ends where it breaks; what is beside it is read.
 */
final class Walker {
    private static final int MAX_DEPTH = 8;
    private static final int BUFFER = 8 << 10;
    private static final Pattern GZ = Pattern.compile("(?i)[.]gz$");

    private final MailReader mails;
    private final DocumentLimits limits;
    private final Findings found;
    private final Allowance allowance;
    private final Archive archive;
    private long documents;

    Walker(MailReader mails, DocumentLimits limits, Findings found, Allowance allowance) {
        this.mails = mails;
        this.limits = limits;
        this.found = found;
        this.allowance = allowance;
        this.archive = new Archive(this, allowance, found);
    }

    /** Reads one source to its end, or as far as it can be read. */
    void walk(InputStream source, String name) throws InterruptedException {
        try {
            open(allowance.source(source), name, 0);
        } catch (TooMuchException endless) {
            found.skipped(Skip.TOO_MANY, name + ": " + endless.getMessage());
        } catch (IOException unreadable) {
            found.skipped(Skip.UNREADABLE, name);
        }
    }

    /** Takes the next thing apart; an exception means that the stream itself cannot be read on. */
    void open(InputStream in, String name, int depth) throws IOException, InterruptedException {
        Peeked peeked = Peeked.at(in, Format.HEAD_BYTES);
        Format format = Format.of(peeked.head(), name);
        if (depth > MAX_DEPTH && format != Format.JSON && format != Format.OTHER) {
            found.skipped(Skip.TOO_DEEP, name);
            return;
        }
        switch (format) {
            case GZIP, ZIP -> packed(format, peeked.all(), name, depth);
            case TAR -> tar(peeked.all(), name, depth);
            case MBOX -> mbox(peeked.all(), name);
            case MAIL -> whole(peeked.all(), limits.mail(), name, this::mail);
            case JSON -> json(peeked.all(), name);
            case OTHER -> whole(peeked.all(), limits.packed(), name, this::document);
        }
    }

    /** What is done with a document that fits into memory. */
    @FunctionalInterface
    private interface Whole {
        void take(byte[] bytes, String name) throws InterruptedException;
    }

    private void whole(InputStream in, int limit, String name, Whole taker) throws IOException, InterruptedException {
        byte[] bytes = in.readNBytes(limit + 1);
        if (bytes.length > limit) {
            found.skipped(Skip.TOO_LARGE, name);
            in.transferTo(OutputStream.nullOutputStream());
        } else {
            taker.take(bytes, name);
        }
    }

    private void document(byte[] bytes, String name) throws InterruptedException {
        document(bytes, null, name);
    }

    private void document(byte[] bytes, @Nullable MailClaims claims, String name) throws InterruptedException {
        documents++;
        found.document(bytes, claims, name);
    }

    /** A small one that cannot be unpacked goes to the door as it is, which keeps it with its reason. */
    private void packed(Format format, InputStream in, String name, int depth)
            throws IOException, InterruptedException {
        int limit = limits.packed() + 1;
        Peeked packed = Peeked.at(in, limit);
        boolean small = packed.isWhole(limit);
        long before = documents;
        try (InputStream bytes = packed.all()) {
            if (format == Format.ZIP) {
                archive.zip(bytes, name, depth);
            } else {
                gunzip(bytes, GZ.matcher(name).replaceFirst(""), depth);
            }
        } catch (TooMuchException endless) {
            throw endless;
        } catch (IOException | IllegalArgumentException damaged) {
            if (small && documents == before) {
                document(packed.head(), name);
            } else {
                found.skipped(Skip.DAMAGED, name);
            }
        }
    }

    private void gunzip(InputStream in, String name, int depth) throws IOException, InterruptedException {
        try (GZIPInputStream content = new GZIPInputStream(in, BUFFER)) {
            open(allowance.unpacked(content), name, depth + 1);
        }
    }

    private void tar(InputStream in, String name, int depth) throws IOException, InterruptedException {
        try {
            archive.tar(in, name, depth);
        } catch (TooMuchException endless) {
            throw endless;
        } catch (IOException damaged) {
            found.skipped(Skip.DAMAGED, name);
        }
    }

    private void mbox(InputStream in, String name) throws IOException, InterruptedException {
        int[] number = new int[1];
        new Mbox(in, limits.mail()).forEach(mail -> {
            allowance.entry();
            String which = name + " mail " + ++number[0];
            if (mail == null) {
                found.skipped(Skip.TOO_LARGE, which);
            } else {
                mail(mail, which);
            }
        });
    }

    private void mail(byte[] bytes, String name) throws InterruptedException {
        MailReading mail = mails.read(bytes);
        List<MailPart> parts = mail.parts();
        for (MailPart part : parts) {
            ClaimedDomains claimed = mail.claimed(part);
            document(part.content(), new MailClaims(claimed.reportDomain(), claimed.submitter(), null), name);
        }
        if (parts.isEmpty() && mail.trouble() == null) {
            found.withoutReport();
        } else if (parts.isEmpty() && bytes.length <= limits.packed()) {
            document(bytes, name);
        } else if (mail.trouble() != null) {
            found.skipped(Skip.DAMAGED, name + ": " + mail.trouble());
        }
    }

    /** The last value waits for the end of the stream: only then is it known that its container is whole. */
    private void json(InputStream in, String name) throws IOException, InterruptedException {
        JsonValues values = new JsonValues(in, limits.unpacked());
        Values walk = new Values(name);
        for (JsonValues.Value next = values.next(); next != null; next = values.next()) {
            walk.next(next);
        }
        walk.end();
    }

    /** The values of one text, one behind. */
    private final class Values {
        private final String name;
        private JsonValues.@Nullable Value last;
        private long objects;
        private long values;

        Values(String name) {
            this.name = name;
        }

        void next(JsonValues.Value value) throws IOException, InterruptedException {
            allowance.entry();
            if (last != null) {
                hand(last);
            }
            last = value;
        }

        void end() throws InterruptedException {
            if (last == null) {
                found.withoutReport();
            } else if (last.object() || objects != 1) {
                // After a single object the door too passes over what follows.
                hand(last);
            }
        }

        private void hand(JsonValues.Value value) throws InterruptedException {
            values++;
            objects += value.object() ? 1 : 0;
            String which = values > 1 ? name + " value " + values : name;
            byte[] bytes = value.bytes();
            if (bytes == null) {
                found.skipped(Skip.TOO_LARGE, which);
                return;
            }
            List<byte[]> converted = value.object() ? Parsedmarc.reports(bytes).orElse(List.of(bytes)) : List.of(bytes);
            if (converted.isEmpty()) {
                found.withoutReport();
            }
            for (byte[] report : converted) {
                document(report, which);
            }
        }
    }
}
