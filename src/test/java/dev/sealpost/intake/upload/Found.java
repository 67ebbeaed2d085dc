package dev.sealpost.intake.upload;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.sealpost.mime.MailReader;
import dev.sealpost.origin.MailClaims;
import dev.sealpost.report.Limits;
import dev.sealpost.report.Readable;
import dev.sealpost.report.ReportReader;
import org.jspecify.annotations.Nullable;

/** Notes what a walk finds, and reads each document as the door would. */
final class Found implements Findings {
    private static final ReportReader READER = new ReportReader(Limits.DEFAULT);
    private static final MailReader MAILS = new MailReader(READER);
    private static final DocumentLimits LIMITS = new DocumentLimits(10 << 20, 32 << 20, 64 << 20);

    private final List<byte[]> documents = new ArrayList<>();
    private final List<Optional<MailClaims>> claims = new ArrayList<>();
    private final List<String> skipped = new ArrayList<>();
    private long withoutReport;
    private long unreadable;

    /** Walks through one source with the usual limits. */
    static Found in(byte[] source, String name) {
        return in(new ByteArrayInputStream(source), name, LIMITS);
    }

    static Found in(byte[] source) {
        return in(source, "source");
    }

    static Found in(InputStream source, String name, DocumentLimits limits) {
        Found found = new Found();
        try {
            new Walker(MAILS, limits, found, new Allowance(more -> {})).walk(source, name);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return found;
    }

    @Override
    public void document(byte[] bytes, @Nullable MailClaims claim, String name) {
        documents.add(bytes);
        claims.add(Optional.ofNullable(claim));
        unreadable += READER.read(bytes) instanceof Readable ? 0 : 1;
    }

    @Override
    public void withoutReport() {
        withoutReport++;
    }

    @Override
    public void skipped(Skip why, String name) {
        skipped.add(why + " " + name);
    }

    List<byte[]> documents() {
        return documents;
    }

    /** What mails say of the documents, in order. */
    List<Optional<MailClaims>> claims() {
        return claims;
    }

    /** The ids of the readable reports, in order. */
    List<String> reports() {
        return documents.stream()
                .map(READER::read)
                .filter(Readable.class::isInstance)
                .map(reading -> ((Readable) reading).report().reportId())
                .toList();
    }

    /** The documents that the door would refuse. */
    long unreadable() {
        return unreadable;
    }

    List<String> skipped() {
        return skipped;
    }

    long mailsWithoutReport() {
        return withoutReport;
    }
}
