package dev.sealpost.report;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import org.jspecify.annotations.Nullable;

/** Unpacked bytes to a report: finds encoding, beginning and end of the one JSON object (RFC 8460, section 4). */
final class JsonReports {
    private static final int POOL_SIZE = 2 * Runtime.getRuntime().availableProcessors();

    private final JsonFactory factory;
    private final Limits limits;

    JsonReports(Limits limits) {
        this.limits = limits;
        this.factory = new ReportJsonFactory(new JsonFactoryBuilder()
                .recyclerPool(JsonRecyclerPools.newBoundedPool(POOL_SIZE))
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                // Bytes reach the parser as UTF-8; what merely looks like UTF-16 to it would be read past its end.
                .disable(JsonFactory.Feature.CHARSET_DETECTION)
                // Some senders' JSON libraries write NaN; it is a bad count, not a lost report.
                .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxDocumentLength(limits.maxJsonBytes())
                        .maxNestingDepth(limits.maxDepth())
                        .maxNameLength(limits.maxNameChars())
                        .maxStringLength(limits.maxStringChars())
                        .maxNumberLength(Limits.MAX_TOLERATED_DIGITS)
                        .maxTokenCount(limits.maxTokens())
                        .build()));
    }

    Reading read(byte[] bytes, int start, int end, Set<Flag> flags) throws Refused {
        Charset wide = wideCharset(bytes, start, end);
        if (wide == null) {
            return readText(bytes, start, end, flags);
        }
        // UTF-16 is not allowed (RFC 7493, section 2.1) but seen. It is read as the UTF-8 in which its JSON is given
        // back:
        // so what is read once is within the limits whenever it is read again.
        flags.add(Flag.UTF16);
        Utf16 narrow = Utf16.narrow(bytes, start, end, wide, limits.maxJsonBytes());
        return readText(narrow.bytes(), 0, narrow.length(), flags);
    }

    private Reading readText(byte[] bytes, int start, int end, Set<Flag> flags) throws Refused {
        int from = start;
        if (end - start >= 3
                && bytes[start] == (byte) 0xef
                && bytes[start + 1] == (byte) 0xbb
                && bytes[start + 2] == (byte) 0xbf) {
            flags.add(Flag.UTF8_BOM);
            from += 3;
        }
        while (from < end && isSpace(bytes[from])) {
            from++;
        }
        if (from == end) {
            throw new Refused(Reason.EMPTY, end == start ? "no bytes" : "nothing but white space");
        }
        if (bytes[from] != '{' && bytes[from] != '[') {
            throw new Refused(Reason.NOT_A_REPORT, "neither JSON, gzip nor zip");
        }
        return readUtf8(bytes, from, end, flags);
    }

    private Reading readUtf8(byte[] bytes, int from, int end, Set<Flag> flags) throws Refused {
        try (JsonParser parser = factory.createParser(bytes, from, end - from)) {
            ReportParser read = parse(parser, FlagSet.mutableCopy(flags));
            int to = from + (int) parser.currentLocation().getByteOffset();
            read.trailing(!isBlank(bytes, to, end));
            return new Readable(read.report(), Arrays.copyOfRange(bytes, from, to));
        } catch (Refused e) {
            if (e.rejection().reason() == Reason.BAD_JSON && !Utf8.isValid(bytes, from, end)) {
                return readHealed(bytes, from, end, flags);
            }
            throw e;
        } catch (IOException e) {
            throw new IllegalStateException("an array cannot fail to be read", e);
        }
    }

    /**
     * Reads again with U+FFFD for what is not UTF-8. The JSON given back keeps the original bytes, up to the very end:
     * which byte ended the object is not known here, and what follows the object is harmless.
     */
    private Reading readHealed(byte[] bytes, int from, int end, Set<Flag> flags) throws Refused {
        flags.add(Flag.INVALID_UTF8);
        InputStream stream = new ByteArrayInputStream(bytes, from, end - from);
        try (JsonParser parser = factory.createParser(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            ReportParser read = parse(parser, flags);
            return new Readable(read.report(), Arrays.copyOfRange(bytes, from, end));
        } catch (Refused e) {
            throw e;
        } catch (IOException e) {
            throw new IllegalStateException("an array cannot fail to be read", e);
        }
    }

    private ReportParser parse(JsonParser parser, Set<Flag> flags) throws Refused {
        try {
            JsonToken first = parser.nextToken();
            if (first != JsonToken.START_OBJECT) {
                parser.skipChildren();
                throw new Refused(Reason.NOT_A_REPORT, "JSON, but not an object");
            }
            ReportParser report = new ReportParser(parser, factory, limits, flags);
            report.read();
            return report;
        } catch (Refused e) {
            throw e;
        } catch (IOException e) {
            throw JsonTrouble.refused(e, parser, limits);
        }
    }

    /** The charset of text that begins with a UTF-16 byte order mark or with a brace of two bytes; else null. */
    private static @Nullable Charset wideCharset(byte[] bytes, int start, int end) {
        if (end - start < 2) {
            return null;
        }
        return switch (((bytes[start] & 0xff) << 8) | (bytes[start + 1] & 0xff)) {
            case 0xfffe, '{' << 8 -> StandardCharsets.UTF_16LE;
            case 0xfeff, '{' -> StandardCharsets.UTF_16BE;
            default -> null;
        };
    }

    private static boolean isBlank(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && isSpace(bytes[at])) {
            at++;
        }
        return at == to;
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }
}
