package dev.sealpost.mime;

import java.util.Objects;

import dev.sealpost.report.Reading;
import org.jspecify.annotations.Nullable;

/**
 * One part of a mail that is a report or was meant to be.
 *
 * @param reading what its decoded content is
 * @param contentType the declared media type, lower case, cut; it decides nothing
 * @param fileName the declared file name, untrusted and cut, or null; never to be used as a path
 */
public record MailPart(
        Reading reading, String contentType, @Nullable String fileName) {
    public MailPart {
        Objects.requireNonNull(reading, "reading");
        Objects.requireNonNull(contentType, "contentType");
    }
}
