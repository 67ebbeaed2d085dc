package dev.sealpost.mime;

import java.util.Locale;

import org.apache.james.mime4j.stream.BodyDescriptor;
import org.apache.james.mime4j.stream.RawField;
import org.jspecify.annotations.Nullable;

/**
 * What a part says of itself.
 *
 * @param mediaType lower case, cut
 * @param encoding the transfer encoding as declared
 * @param disposition the field that may hold the file name
 * @param type the field that may hold it instead
 * @param embedded whether it is in a mail inside the mail
 */
record PartHeader(
        String mediaType,
        String encoding,
        @Nullable RawField disposition,
        @Nullable RawField type,
        boolean embedded) {
    private static final int MAX_TYPE_CHARS = 255;

    static PartHeader of(
            BodyDescriptor body, @Nullable RawField disposition, @Nullable RawField type, boolean embedded) {
        String mediaType = body.getMimeType();
        String encoding = body.getTransferEncoding();
        return new PartHeader(
                mediaType == null
                        ? ""
                        : HeaderText.clean(mediaType, MAX_TYPE_CHARS).toLowerCase(Locale.ROOT),
                encoding == null ? "" : encoding,
                disposition,
                type,
                embedded);
    }

    /** Read only when asked for, because parameters are dear. */
    @Nullable
    String fileName() {
        String name = disposition == null ? null : FileNames.of(disposition, "filename");
        return name == null && type != null ? FileNames.of(type, "name") : name;
    }

    /** Text for people, as far as the label goes. */
    boolean isText() {
        return isPlainText() || mediaType.equals("text/html");
    }

    boolean isPlainText() {
        return mediaType.equals("text/plain");
    }
}
