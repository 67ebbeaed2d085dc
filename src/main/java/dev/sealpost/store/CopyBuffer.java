package dev.sealpost.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Collection;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/** Rows in the binary format of PostgreSQL's COPY: each field is its length and its bytes; null has the length -1. */
final class CopyBuffer {
    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0};
    private static final int TEXT_TYPE = 25;
    private static final byte JSONB_VERSION = 1;
    private static final long YEAR_2000 = LocalDate.of(2000, 1, 1).toEpochDay();

    private ByteBuffer buffer;

    CopyBuffer(int bytes) {
        buffer = ByteBuffer.allocate(bytes + (bytes >> 2));
    }

    byte[] bytes() {
        return buffer.array();
    }

    int size() {
        return buffer.position();
    }

    void clear() {
        buffer.clear();
    }

    void header() {
        room(SIGNATURE.length + 2 * Integer.BYTES);
        buffer.put(SIGNATURE).putInt(0).putInt(0);
    }

    void row(int fields) {
        room(Short.BYTES);
        buffer.putShort((short) fields);
    }

    void end() {
        room(Short.BYTES);
        buffer.putShort((short) -1);
    }

    void text(@Nullable String text) {
        bytes(text == null ? null : text.getBytes(StandardCharsets.UTF_8));
    }

    void bytes(byte @Nullable [] bytes) {
        int length = bytes == null ? 0 : bytes.length;
        room(Integer.BYTES + length);
        buffer.putInt(bytes == null ? -1 : length);
        if (bytes != null) {
            buffer.put(bytes);
        }
    }

    void jsonb(@Nullable String json) {
        if (json == null) {
            bytes(null);
            return;
        }
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        room(Integer.BYTES + 1 + bytes.length);
        buffer.putInt(1 + bytes.length).put(JSONB_VERSION).put(bytes);
    }

    void texts(Collection<String> texts) {
        room(6 * Integer.BYTES);
        int start = buffer.position();
        buffer.putInt(0).putInt(texts.isEmpty() ? 0 : 1).putInt(0).putInt(TEXT_TYPE);
        if (!texts.isEmpty()) {
            buffer.putInt(texts.size()).putInt(1);
            texts.forEach(this::text);
        }
        buffer.putInt(start, buffer.position() - start - Integer.BYTES);
    }

    void uuid(UUID uuid) {
        room(Integer.BYTES + 2 * Long.BYTES);
        buffer.putInt(2 * Long.BYTES).putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits());
    }

    void date(LocalDate date) {
        integer(Math.toIntExact(date.toEpochDay() - YEAR_2000));
    }

    void integer(int number) {
        room(2 * Integer.BYTES);
        buffer.putInt(Integer.BYTES).putInt(number);
    }

    void bigint(@Nullable Long number) {
        if (number == null) {
            bytes(null);
            return;
        }
        room(Integer.BYTES + Long.BYTES);
        buffer.putInt(Long.BYTES).putLong(number);
    }

    private void room(int bytes) {
        if (buffer.remaining() < bytes) {
            int needed = Math.addExact(buffer.position(), bytes);
            buffer = ByteBuffer.allocate(
                            Math.max(needed, (int) Math.min(2L * buffer.capacity(), Integer.MAX_VALUE - 8)))
                    .put(buffer.flip());
        }
    }
}
