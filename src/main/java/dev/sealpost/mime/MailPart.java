package dev.sealpost.mime;

import java.util.Arrays;
import java.util.Objects;

import dev.sealpost.report.Reading;
import org.jspecify.annotations.Nullable;

/**
 * One part of a mail that is a report or was meant to be.
 *
 * @param reading what its decoded content is
 * @param content the decoded content, as it would have come over HTTPS; not to be changed
 * @param contentType the declared media type, lower case, cut; it decides nothing
 * @param fileName the declared file name, untrusted and cut, or null; never to be used as a path
 * @param attached whether it is an attachment of the mail itself, so that whoever signed the mail meant to send it; false
 *     for what stands in text, in a mail inside the mail, or was found where no header says so
 */
@SuppressWarnings({"JavaLangClash", "ArrayRecordComponent"})
public record MailPart(
        Reading reading,
        byte[] content,
        String contentType,
        @Nullable String fileName,
        boolean attached) {
    public MailPart {
        Objects.requireNonNull(reading, "reading");
        Objects.requireNonNull(content, "content");
        Objects.requireNonNull(contentType, "contentType");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MailPart that
                && reading.equals(that.reading)
                && Arrays.equals(content, that.content)
                && contentType.equals(that.contentType)
                && Objects.equals(fileName, that.fileName)
                && attached == that.attached;
    }

    @Override
    public int hashCode() {
        return Objects.hash(reading, contentType, fileName, attached);
    }

    @Override
    public String toString() {
        return "MailPart[" + reading + ", " + contentType + ", " + fileName + "]";
    }
}
