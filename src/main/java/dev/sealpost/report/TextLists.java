package dev.sealpost.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import org.jspecify.annotations.Nullable;

/** The two array members of a policy, which senders also write as one string or as JSON inside a string. */
final class TextLists {
    private TextLists() {}

    static List<String> policyString(JsonParser json, JsonFactory factory, Set<Flag> flags, Attempts attempts)
            throws IOException {
        List<String> lines = new ArrayList<>();
        Elements elements = new Elements(json, Flag.POLICY_STRING_NOT_ARRAY, flags);
        for (String raw = elements.next(); raw != null; raw = elements.next()) {
            if (raw.startsWith("[") && attempts.next() && flatten(raw, factory, lines, flags)) {
                flags.add(Flag.POLICY_STRING_NESTED);
            } else {
                lines.add(Text.clean(raw, Limits.MAX_POLICY_STRING_CHARS, flags));
            }
        }
        return cut(lines, flags);
    }

    static List<String> mxHost(JsonParser json, Set<Flag> flags, Attempts attempts) throws IOException {
        List<String> hosts = new ArrayList<>();
        Elements elements = new Elements(json, Flag.MX_HOST_NOT_ARRAY, flags);
        for (String raw = elements.next(); raw != null; raw = elements.next()) {
            if (DomainText.isHost(raw)) {
                hosts.add(raw);
                continue;
            }
            String text = Text.clean(raw, Limits.MAX_TEXT_CHARS, flags).strip();
            if (text.regionMatches(true, 0, "mx:", 0, 3)) {
                flags.add(Flag.MX_HOST_PREFIX);
                text = text.substring(3).strip();
            }
            if (text.isEmpty()) {
                flags.add(Flag.EMPTY_FIELD);
            } else {
                hosts.add(DomainText.host(text, flags, attempts));
            }
        }
        return hosts;
    }

    /** The elements' texts before any healing: of an array, or of a string as its only element. */
    private static final class Elements {
        private final JsonParser json;
        private final Set<Flag> flags;
        private boolean array;
        private @Nullable String only;
        private int count;

        Elements(JsonParser json, Flag notArray, Set<Flag> flags) throws IOException {
            this.json = json;
            this.flags = flags;
            this.array = json.currentToken() == JsonToken.START_ARRAY;
            if (!array && json.currentToken() != JsonToken.VALUE_NULL) {
                flags.add(notArray);
                String text = Values.rawText(json, flags);
                only = text == null || text.isEmpty() ? null : text;
            }
        }

        /** The next text, or null after the last one. */
        @Nullable
        String next() throws IOException {
            if (!array) {
                String text = only;
                only = null;
                return text;
            }
            while (json.nextToken() != JsonToken.END_ARRAY) {
                if (count == Limits.MAX_LIST_ELEMENTS) {
                    flags.add(Flag.LIST_CUT);
                    json.skipChildren();
                    continue;
                }
                String text = Values.rawText(json, flags);
                if (text != null) {
                    count++;
                    return text;
                }
            }
            array = false;
            return null;
        }
    }

    /** Microsoft writes all TLSA records as one JSON array in one string: adds its strings if it is exactly that. */
    private static boolean flatten(String raw, JsonFactory factory, List<String> lines, Set<Flag> flags) {
        List<String> inner = new ArrayList<>();
        try (JsonParser json = factory.createParser(raw)) {
            if (json.nextToken() != JsonToken.START_ARRAY) {
                return false;
            }
            while (json.nextToken() == JsonToken.VALUE_STRING) {
                if (lines.size() + inner.size() == Limits.MAX_LIST_ELEMENTS) {
                    flags.add(Flag.LIST_CUT);
                } else if (lines.size() + inner.size() < Limits.MAX_LIST_ELEMENTS) {
                    inner.add(Text.clean(json.getText(), Limits.MAX_POLICY_STRING_CHARS, flags));
                }
            }
            if (json.currentToken() != JsonToken.END_ARRAY || json.nextToken() != null) {
                return false;
            }
        } catch (IOException e) {
            // Text that merely looks like JSON stays what it is.
            return false;
        }
        lines.addAll(inner);
        return true;
    }

    private static List<String> cut(List<String> lines, Set<Flag> flags) {
        if (lines.size() <= Limits.MAX_LIST_ELEMENTS) {
            return lines;
        }
        flags.add(Flag.LIST_CUT);
        return lines.subList(0, Limits.MAX_LIST_ELEMENTS);
    }
}
