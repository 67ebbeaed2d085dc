package dev.sealpost.intake.mailbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jakarta.inject.Singleton;

import dev.sealpost.mime.ClaimedDomains;
import dev.sealpost.mime.MailKind;
import dev.sealpost.mime.MailPart;
import dev.sealpost.mime.MailReader;
import dev.sealpost.mime.MailReading;
import dev.sealpost.origin.Provenance;
import dev.sealpost.report.DomainName;
import dev.sealpost.report.Readable;
import org.jspecify.annotations.Nullable;

/** Reads mails, and finds out who answers for their reports (RFC 8460, section 3). Thread safe. */
@Singleton
class MailOpener {
    /** Unpacked bytes up to which a mail is small: nearly all are, and many are read side by side. */
    static final int SMALL = 512 << 10;

    /** Who signed a mail need not mean what stands in its text, or in a mail that it brings along. */
    private static final Signatures.Judgement QUOTED =
            new Signatures.Judgement(Provenance.UNVERIFIED, "the report is no attachment of the mail itself");

    private final MailReader mails;
    private final Authenticity authenticity;

    MailOpener(MailReader mails, Authenticity authenticity) {
        this.mails = mails;
        this.authenticity = authenticity;
    }

    /** Opens a mail if it is small; null if it is not. Blocks while keys are looked up. */
    @Nullable
    OpenedMail openSmall(ArrivedMail mail, Trust trust) {
        Optional<Read> read =
                Optional.ofNullable(mails.readSmall(mail.bytes(), SMALL)).map(MailOpener::read);
        return read.isEmpty() ? null : judged(read.get(), mail, trust);
    }

    /** Opens any mail; one in the process at a time may be so. */
    OpenedMail open(ArrivedMail mail, Trust trust) {
        return judged(read(mails.read(mail.bytes())), mail, trust);
    }

    /** What is kept while keys are looked up, which takes seconds where a name server is slow. */
    private record Read(List<Part> parts, @Nullable String trouble, MailKind kind) {}

    @SuppressWarnings("ArrayRecordComponent")
    private record Part(
            byte[] content,
            ClaimedDomains claimed,
            boolean readable,
            boolean attached,
            @Nullable DomainName reporter) {}

    private static Read read(MailReading reading) {
        List<Part> parts = new ArrayList<>();
        for (MailPart part : reading.parts()) {
            DomainName reporter = part.reading() instanceof Readable readable
                    ? Alignment.reporter(readable.report(), reading.reportSubmitter())
                    : null;
            boolean readable = part.reading() instanceof Readable;
            parts.add(new Part(part.content(), reading.claimed(part), readable, part.attached(), reporter));
        }
        return new Read(parts, reading.trouble(), reading.kind());
    }

    private OpenedMail judged(Read read, ArrivedMail mail, Trust trust) {
        if (read.parts().isEmpty()) {
            return new OpenedMail(List.of(), read.trouble(), read.kind());
        }
        Signatures signatures = authenticity.of(mail.bytes(), mail.received(), trust);
        List<OpenedMail.Part> parts = read.parts().stream()
                .map(part -> new OpenedMail.Part(part.content(), part.claimed(), judge(part, signatures)))
                .toList();
        return new OpenedMail(parts, read.trouble(), read.kind());
    }

    private static Signatures.@Nullable Judgement judge(Part part, Signatures signatures) {
        if (!part.readable()) {
            return null;
        }
        return part.attached() ? signatures.judge(part.reporter()) : QUOTED;
    }
}
