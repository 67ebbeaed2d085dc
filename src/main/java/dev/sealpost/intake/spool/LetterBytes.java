package dev.sealpost.intake.spool;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

import dev.sealpost.origin.Channel;
import dev.sealpost.origin.MailClaims;
import dev.sealpost.origin.Origin;
import dev.sealpost.origin.Provenance;
import dev.sealpost.stream.Letter;
import org.jspecify.annotations.Nullable;

/** A letter as bytes and back: its origin is fixed at the door and outlives the wait (receipt and door time above all). */
final class LetterBytes {
    private static final byte REPORT = 1;
    private static final byte DEAD = 2;

    /** Added to the kind where a mail's claims follow the origin. Without any a record is as it was before they were kept. */
    private static final byte OF_MAIL = 2;

    private static final int ENVELOPE_BYTES = 256;

    /** What one text may have in its UTF-8 form. */
    private static final int MAX_TEXT_CHARS = 10_000;

    private LetterBytes() {}

    static byte[] of(Letter letter) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(letter.value().length + ENVELOPE_BYTES);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            MailClaims claims = letter.origin().claims();
            int kind = letter instanceof Letter.ReportLetter ? REPORT : DEAD;
            out.writeByte(claims == null ? kind : kind + OF_MAIL);
            write(out, letter.origin());
            if (claims != null) {
                writeKnown(out, claims.reportDomain());
                writeKnown(out, claims.submitter());
                writeKnown(out, claims.judgement());
            }
            switch (letter) {
                case Letter.ReportLetter report -> write(out, report.key());
                case Letter.DeadLetter dead -> {
                    write(out, dead.reason());
                    write(out, dead.detail());
                }
            }
            out.write(letter.value());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, Origin origin) throws IOException {
        out.writeLong(origin.receipt().getMostSignificantBits());
        out.writeLong(origin.receipt().getLeastSignificantBits());
        Instant received = origin.received();
        out.writeLong(received.getEpochSecond());
        out.writeInt(received.getNano());
        write(out, origin.channel().label());
        write(out, origin.source());
        write(out, origin.provenance().label());
        writeKnown(out, origin.tenant());
    }

    private static void writeKnown(DataOutputStream out, @Nullable String text) throws IOException {
        out.writeBoolean(text != null);
        write(out, Objects.requireNonNullElse(text, ""));
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        out.writeUTF(text.substring(0, Math.min(MAX_TEXT_CHARS, text.length())));
    }

    /** The letter; null if the bytes are none. */
    static @Nullable Letter read(byte[] payload) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(payload))) {
            byte kind = in.readByte();
            boolean ofMail = kind > OF_MAIL;
            Origin origin = origin(in, ofMail);
            return switch (ofMail ? kind - OF_MAIL : kind) {
                case REPORT -> new Letter.ReportLetter(origin, in.readUTF(), in.readAllBytes());
                case DEAD -> {
                    String reason = in.readUTF();
                    String detail = in.readUTF();
                    yield new Letter.DeadLetter(origin, in.readAllBytes(), reason, detail);
                }
                default -> null;
            };
        } catch (IOException | IllegalArgumentException | DateTimeException unreadable) {
            return null;
        }
    }

    private static Origin origin(DataInputStream in, boolean ofMail) throws IOException {
        UUID receipt = new UUID(in.readLong(), in.readLong());
        Instant received = Instant.ofEpochSecond(in.readLong(), in.readInt());
        Channel channel = Channel.of(in.readUTF());
        String source = in.readUTF();
        Provenance provenance = Provenance.of(in.readUTF());
        String tenant = known(in);
        MailClaims claims = ofMail ? new MailClaims(known(in), known(in), known(in)) : null;
        return new Origin(receipt, received, channel, source, provenance, tenant, claims);
    }

    private static @Nullable String known(DataInputStream in) throws IOException {
        boolean known = in.readBoolean();
        String text = in.readUTF();
        return known ? text : null;
    }
}
