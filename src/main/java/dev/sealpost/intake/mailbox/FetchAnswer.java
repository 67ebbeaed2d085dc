package dev.sealpost.intake.mailbox;

import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;

import org.eclipse.angus.mail.iap.ByteArray;
import org.eclipse.angus.mail.imap.protocol.IMAPResponse;
import org.jspecify.annotations.Nullable;

/**
 * What a FETCH answer says of a mail (RFC 9051, section 7.5.2), so far as we ask.
 *
 * @param uid 0 if there is none that is valid
 * @param size in bytes; -1 if it is not there
 * @param received when the server took it; null if that is not there, or cannot be read
 * @param body null if it is not there
 */
record FetchAnswer(long uid, long size, @Nullable Instant received, byte @Nullable [] body) {
    private static final FetchAnswer NOTHING = new FetchAnswer(0, -1, null, null);

    /** Reads an answer; what cannot be read is nothing. */
    static FetchAnswer of(IMAPResponse answer) {
        try {
            return read(answer);
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            return NOTHING;
        }
    }

    /** Unknown items end it, for nothing was asked that comes after them. */
    private static FetchAnswer read(IMAPResponse answer) {
        if (!answer.keyEquals("FETCH") || !answer.isNextNonSpace('(')) {
            return NOTHING;
        }
        long uid = 0;
        long size = -1;
        Instant received = null;
        byte[] body = null;
        while (answer.peekByte() != 0 && !answer.isNextNonSpace(')')) {
            switch (item(answer)) {
                case "UID" -> uid = answer.readLong();
                case "RFC822.SIZE" -> size = answer.readLong();
                case "INTERNALDATE" -> received = InternalDate.parse(answer.readString());
                case "FLAGS", "MODSEQ" -> {
                    answer.readString(')');
                    answer.readByte();
                }
                case "BODY[]" -> body = copy(answer.readByteArray());
                default -> {
                    return new FetchAnswer(valid(uid), size, received, body);
                }
            }
        }
        return new FetchAnswer(valid(uid), size, received, body);
    }

    private static byte @Nullable [] copy(@Nullable ByteArray bytes) {
        if (bytes == null) {
            return null;
        }
        // A number in braces within a line is no literal, and nobody has measured it.
        if (bytes.getCount() > bytes.getBytes().length - bytes.getStart()) {
            throw new IllegalArgumentException("no such literal");
        }
        return Arrays.copyOfRange(bytes.getBytes(), bytes.getStart(), bytes.getStart() + bytes.getCount());
    }

    private static long valid(long uid) {
        return uid >= 1 && uid <= ImapState.MAX_UID ? uid : 0;
    }

    private static String item(IMAPResponse answer) {
        StringBuilder name = new StringBuilder();
        answer.skipSpaces();
        while (name.length() < 16 && answer.peekByte() > ' ' && answer.peekByte() != '(' && answer.peekByte() != ')') {
            name.append((char) answer.readByte());
        }
        return name.toString().toUpperCase(Locale.ROOT);
    }
}
