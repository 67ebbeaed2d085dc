package dev.sealpost.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** A place in a list, as opaque text: a check of the question it belongs to, then the texts of the position. */
final class Cursor {
    private static final int MAX_PARTS = 32;

    private Cursor() {}

    static String write(List<String> position, String question) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(question.hashCode());
            out.writeByte(position.size());
            for (String part : position) {
                out.writeUTF(part);
            }
        } catch (IOException tooLong) {
            throw new UncheckedIOException(tooLong);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    }

    static Optional<List<String>> read(String cursor, String question) {
        try (DataInputStream in = new DataInputStream(
                new ByteArrayInputStream(Base64.getUrlDecoder().decode(cursor)))) {
            int check = in.readInt();
            int parts = in.readUnsignedByte();
            if (check != question.hashCode() || parts > MAX_PARTS) {
                return Optional.empty();
            }
            List<String> position = new ArrayList<>();
            for (int i = 0; i < parts; i++) {
                String part = in.readUTF();
                if (part.chars().anyMatch(Character::isISOControl)) {
                    return Optional.empty();
                }
                position.add(part);
            }
            return in.read() < 0 ? Optional.of(position) : Optional.empty();
        } catch (IOException | IllegalArgumentException invented) {
            return Optional.empty();
        }
    }
}
