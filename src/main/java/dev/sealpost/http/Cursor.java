package dev.sealpost.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A place in a list, as opaque text: a seal over it and the question it belongs to ({@link CursorSeal}), then the texts of
 * the position.
 */
final class Cursor {
    private Cursor() {}

    static String write(List<String> position, String question) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(position.size());
            for (String part : position) {
                out.writeUTF(part);
            }
        } catch (IOException tooLong) {
            throw new UncheckedIOException(tooLong);
        }
        byte[] place = bytes.toByteArray();
        byte[] sealed = Arrays.copyOf(CursorSeal.of(question, place), CursorSeal.BYTES + place.length);
        System.arraycopy(place, 0, sealed, CursorSeal.BYTES, place.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
    }

    /** The position; empty if the text is no cursor that this installation wrote for the question. */
    static Optional<List<String>> read(String cursor, String question) {
        try {
            byte[] sealed = Base64.getUrlDecoder().decode(cursor);
            if (sealed.length <= CursorSeal.BYTES) {
                return Optional.empty();
            }
            byte[] place = Arrays.copyOfRange(sealed, CursorSeal.BYTES, sealed.length);
            byte[] seal = Arrays.copyOf(sealed, CursorSeal.BYTES);
            return MessageDigest.isEqual(seal, CursorSeal.of(question, place))
                    ? Optional.of(position(place))
                    : Optional.empty();
        } catch (IOException | IllegalArgumentException invented) {
            return Optional.empty();
        }
    }

    private static List<String> position(byte[] place) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(place))) {
            int parts = in.readUnsignedByte();
            List<String> position = new ArrayList<>();
            for (int i = 0; i < parts; i++) {
                position.add(in.readUTF());
            }
            return position;
        }
    }
}
