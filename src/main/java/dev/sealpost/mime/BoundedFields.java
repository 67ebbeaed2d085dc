package dev.sealpost.mime;

import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.stream.DefaultFieldBuilder;
import org.apache.james.mime4j.stream.FieldBuilder;
import org.apache.james.mime4j.stream.RawField;
import org.apache.james.mime4j.stream.RawFieldParser;
import org.apache.james.mime4j.util.ByteArrayBuffer;
import org.apache.james.mime4j.util.RecycledByteArrayBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Makes only wanted fields, and keeps those with parameters short: the parser's cost for them grows with the square of
 * their length.
 */
final class BoundedFields implements FieldBuilder {
    private static final int MAX_BYTES = 4 << 10;

    private final FieldBuilder builder;

    BoundedFields(int maxBytes) {
        this.builder = new DefaultFieldBuilder(maxBytes);
    }

    @Override
    public @Nullable RawField build() throws MimeException {
        if (!WantedFields.mayHold(getRaw().buffer(), getRaw().length())) {
            return null;
        }
        RawField field = builder.build();
        if (field == null
                || field.getRaw().length() <= MAX_BYTES
                || !field.getNameLowerCase().startsWith("content-")) {
            return field;
        }
        return RawFieldParser.DEFAULT.parseField(
                new ByteArrayBuffer(field.getRaw().toByteArray(), MAX_BYTES, true));
    }

    @Override
    public void append(ByteArrayBuffer line) throws MimeException {
        builder.append(line);
    }

    @Override
    public void reset() {
        builder.reset();
    }

    @Override
    public RecycledByteArrayBuffer getRaw() {
        return builder.getRaw();
    }

    @Override
    public void release() {
        builder.release();
    }
}
