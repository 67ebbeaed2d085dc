package dev.sealpost.mime;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.stream.BodyDescriptor;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.jspecify.annotations.Nullable;

/** One bounded walk over a mail's token stream. */
final class MailWalk {
    private static final int MAX_HEADER_CHARS = 255;

    private final MimeTokenStream tokens;
    private final PartCollector parts;
    private final MailLimits limits;
    private @Nullable String reportDomain;
    private @Nullable String reportSubmitter;
    private @Nullable String fileName;
    private int depth;
    private int leaves;

    MailWalk(MimeTokenStream tokens, PartCollector parts, MailLimits limits) {
        this.tokens = tokens;
        this.parts = parts;
        this.limits = limits;
    }

    /** Walks to the end, or to the limit that is returned in words. */
    @Nullable
    String run() throws MimeException, IOException {
        for (EntityState state = tokens.getState(); state != EntityState.T_END_OF_STREAM; state = tokens.next()) {
            switch (state) {
                case T_START_HEADER -> fileName = null;
                case T_FIELD -> field(tokens.getField());
                case T_START_MULTIPART, T_START_MESSAGE -> {
                    if (++depth > limits.maxDepth() + 1) {
                        return "more than " + limits.maxDepth() + " levels";
                    }
                }
                case T_END_MULTIPART, T_END_MESSAGE -> depth--;
                case T_BODY -> {
                    if (++leaves > limits.maxParts()) {
                        return "more than " + limits.maxParts() + " parts";
                    }
                    BodyDescriptor body = tokens.getBodyDescriptor();
                    String trouble = parts.add(content(body), mediaType(body), fileName);
                    if (trouble != null) {
                        return trouble;
                    }
                }
                default -> {
                    // Preambles, epilogues and the ends of headers and parts say nothing about reports.
                }
            }
        }
        return null;
    }

    MailReading reading(@Nullable String trouble) {
        return new MailReading(parts.parts(), reportDomain, reportSubmitter, trouble);
    }

    private void field(Field field) {
        switch (field.getName().toLowerCase(Locale.ROOT)) {
            // The outermost message's header wins; a forwarded mail's own is better than none.
            case "tls-report-domain" -> reportDomain = first(reportDomain, field);
            case "tls-report-submitter" -> reportSubmitter = first(reportSubmitter, field);
            case "content-disposition" -> {
                String name = FileNames.of(field, "filename");
                fileName = name == null ? fileName : name;
            }
            case "content-type" -> fileName = fileName == null ? FileNames.of(field, "name") : fileName;
            default -> {
                // No other field matters here.
            }
        }
    }

    private static @Nullable String first(@Nullable String known, Field field) {
        if (known != null) {
            return known;
        }
        String value = HeaderText.clean(field.getBody(), MAX_HEADER_CHARS);
        return value.isEmpty() ? null : value;
    }

    private byte[] content(BodyDescriptor body) throws IOException {
        String encoding = body.getTransferEncoding();
        if ("base64".equalsIgnoreCase(encoding)) {
            try (InputStream raw = tokens.getInputStream()) {
                return LenientBase64.decode(raw.readAllBytes());
            }
        }
        try (InputStream decoded = tokens.getDecodedInputStream()) {
            return decoded.readAllBytes();
        }
    }

    private static String mediaType(BodyDescriptor body) {
        String type = body.getMimeType();
        return type == null ? "" : HeaderText.clean(type, MAX_HEADER_CHARS).toLowerCase(Locale.ROOT);
    }
}
