package dev.sealpost.mime;

import java.io.IOException;
import java.io.InputStream;

import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RawField;
import org.jspecify.annotations.Nullable;

/** One bounded walk over a mail's token stream. */
final class MailWalk {
    private final MimeTokenStream tokens;
    private final PartCollector parts;
    private final TopHeader top;
    private final MailLimits limits;
    private final PartContent content = new PartContent();
    private @Nullable RawField disposition;
    private @Nullable RawField type;
    private @Nullable LostMultipart lost;
    private @Nullable String trouble;
    private final int[] boundaryChars;
    private int depth;
    private int messages;
    private int leaves;

    MailWalk(MimeTokenStream tokens, PartCollector parts, TopHeader top, MailLimits limits) {
        this.tokens = tokens;
        this.parts = parts;
        this.top = top;
        this.limits = limits;
        this.boundaryChars = new int[limits.maxDepth() + 2];
    }

    /** Walks to the end or to a limit. */
    void run(InputStream mail) {
        try {
            tokens.parse(mail);
            String limit = null;
            EntityState state = tokens.getState();
            while (limit == null && state != EntityState.T_END_OF_STREAM) {
                limit = at(state);
                state = limit == null ? tokens.next() : state;
            }
            trouble = limit == null ? trouble : limit;
        } catch (MimeException | IOException e) {
            // Its message may repeat the mail.
            trouble = "broken or oversize MIME structure";
        }
    }

    /** What ended the walk early or was left out, in words, or null. */
    @Nullable
    String trouble() {
        return trouble;
    }

    /** The first content that looks like parts nobody looked at, or null. */
    @Nullable
    LostMultipart lost() {
        return lost;
    }

    private @Nullable String at(EntityState state) throws IOException {
        switch (state) {
            case T_START_HEADER -> {
                disposition = null;
                type = null;
            }
            case T_FIELD -> field(tokens.getField());
            case T_START_MULTIPART -> {
                return deeper(tokens.getBodyDescriptor().getBoundary());
            }
            case T_START_MESSAGE -> {
                messages++;
                return deeper(null);
            }
            case T_END_MESSAGE -> {
                messages--;
                depth--;
            }
            case T_END_MULTIPART -> depth--;
            case T_PREAMBLE -> preamble();
            case T_BODY -> {
                return body();
            }
            default -> {
                // Epilogues and the ends of headers and parts say nothing about reports.
            }
        }
        return null;
    }

    private void field(Field field) {
        String name = field.getNameLowerCase();
        switch (name) {
            case "content-disposition" -> disposition = first(disposition, field);
            case "content-type" -> type = first(type, field);
            default -> {
                // The others are about the whole mail.
            }
        }
        top.field(name, field, depth == 1);
    }

    private static @Nullable RawField first(@Nullable RawField known, Field field) {
        return known == null && field instanceof RawField raw ? raw : known;
    }

    private @Nullable String deeper(@Nullable String boundary) {
        if (++depth > limits.maxDepth() + 1) {
            return "more than " + limits.maxDepth() + " levels";
        }
        // Searching costs its length for each byte, if both are made for it.
        boundaryChars[depth] = boundaryChars[depth - 1] + (boundary == null ? 0 : boundary.length());
        int most = limits.maxBoundaryChars();
        return boundaryChars[depth] > most ? "boundaries of more than " + most + " characters" : null;
    }

    private void preamble() throws IOException {
        if (lost == null && content.read(tokens.getInputStream(), false)) {
            lost = LostMultipart.in(content);
        }
    }

    private @Nullable String body() throws IOException {
        if (++leaves > limits.maxParts()) {
            return "more than " + limits.maxParts() + " parts";
        }
        PartHeader header = PartHeader.of(tokens.getBodyDescriptor(), disposition, type, messages > 1);
        top.signs().part(header, messages == 1);
        boolean base64 = header.encoding().equalsIgnoreCase("base64");
        if (!content.read(base64 ? tokens.getInputStream() : tokens.getDecodedInputStream(), base64)) {
            trouble = "a part of more than " + PartContent.MAX_BYTES + " bytes was left out";
            return null;
        }
        if (lost == null && header.isPlainText()) {
            lost = LostMultipart.in(content);
        }
        return parts.add(content, header);
    }
}
