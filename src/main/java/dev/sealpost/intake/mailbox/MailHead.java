package dev.sealpost.intake.mailbox;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * The header of a mail, as its signers saw it: raw, folded, in order. It is read strictly (RFC 5322, section 2.2), because
 * what another reader may take for the end of the header is a way to put a body of one's own before the signed one.
 *
 * @param fields in the order of the mail, without the line end of the last line
 * @param mail the whole mail, its lines ended by CRLF
 * @param bodyStart where its body begins
 */
@SuppressWarnings("ArrayRecordComponent")
record MailHead(List<Field> fields, byte[] mail, int bodyStart) {
    private static final int MAX_FIELDS = 500;
    private static final int MAX_FIELD_BYTES = 64 << 10;
    private static final int MAX_BYTES = 1 << 20;

    /**
     * One field.
     *
     * @param name lower case
     * @param text name, colon and value; null where it has bytes that are no UTF-8, or control characters: what such a
     *     text stands for is not the same for everybody
     */
    record Field(String name, @Nullable String text) {
        /** What follows the colon; null where the text is. */
        @Nullable
        String value() {
            return text == null ? null : text.substring(name.length() + 1);
        }
    }

    /** The header of a mail; null if it is not a header by the standard, or too large. */
    static @Nullable MailHead of(byte[] raw) {
        byte[] mail = withCrlf(raw);
        List<Field> fields = new ArrayList<>();
        int start = 0;
        while (start < Math.min(mail.length, MAX_BYTES)) {
            if (mail[start] == '\r') {
                return start + 1 < mail.length && mail[start + 1] == '\n' && !fields.isEmpty()
                        ? new MailHead(List.copyOf(fields), mail, start + 2)
                        : null;
            }
            int end = end(mail, start);
            Field field = end < 0 || fields.size() == MAX_FIELDS ? null : field(mail, start, end);
            if (field == null) {
                return null;
            }
            fields.add(field);
            start = end + 2;
        }
        return null;
    }

    /** All fields of a name in lower case, in the order of the mail. */
    List<Field> named(String name) {
        return fields.stream().filter(field -> field.name().equals(name)).toList();
    }

    /** The CR that ends the field, its folded lines included; -1 if it is too long or a CR or LF stands alone. */
    private static int end(byte[] mail, int start) {
        int limit = Math.min(mail.length - 2, start + MAX_FIELD_BYTES);
        for (int i = start; i < limit; i++) {
            if (mail[i] == '\n') {
                return -1;
            }
            if (mail[i] == '\r') {
                if (mail[i + 1] != '\n') {
                    return -1;
                }
                if (mail[i + 2] != ' ' && mail[i + 2] != '\t') {
                    return i;
                }
                i++;
            }
        }
        return -1;
    }

    private static @Nullable Field field(byte[] mail, int start, int end) {
        int colon = start;
        while (colon < end && mail[colon] > ' ' && mail[colon] < 0x7f && mail[colon] != ':') {
            colon++;
        }
        if (colon == start || colon == end || mail[colon] != ':') {
            return null;
        }
        String name = new String(mail, start, colon - start, StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT);
        return new Field(name, text(mail, start, end));
    }

    private static @Nullable String text(byte[] mail, int start, int end) {
        for (int i = start; i < end; i++) {
            boolean control = (mail[i] >= 0 && mail[i] < ' ') || mail[i] == 0x7f;
            if (control && mail[i] != '\t' && mail[i] != '\r' && mail[i] != '\n') {
                return null;
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(mail, start, end - start))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** Some servers and stores end lines as Unix does, and then all of them; signers never saw that. */
    private static byte[] withCrlf(byte[] raw) {
        int first = 0;
        while (first < raw.length && raw[first] != '\n') {
            first++;
        }
        if (first == raw.length || (first > 0 && raw[first - 1] == '\r')) {
            return raw;
        }
        ByteArrayOutputStream lines = new ByteArrayOutputStream(raw.length + raw.length / 32);
        for (int i = 0; i < raw.length; i++) {
            if (raw[i] == '\n' && (i == 0 || raw[i - 1] != '\r')) {
                lines.write('\r');
            }
            lines.write(raw[i]);
        }
        return lines.toByteArray();
    }
}
