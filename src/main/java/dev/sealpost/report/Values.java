package dev.sealpost.report;

import java.io.IOException;
import java.util.Set;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import org.jspecify.annotations.Nullable;

/** Reads the value at the parser's current token as text; afterwards the parser stands on the value's last token. */
final class Values {
    private Values() {}

    /** A string's text healed, other scalars as they are written; null for null, objects, arrays and blank text. */
    static @Nullable String textOrAbsent(JsonParser json, int maxChars, Set<Flag> flags) throws IOException {
        String raw = rawText(json, flags);
        return raw == null ? null : clean(raw, maxChars, flags);
    }

    /** A raw text healed, or null with a flag when nothing but white space is left. */
    static @Nullable String clean(String raw, int maxChars, Set<Flag> flags) {
        String text = Text.clean(raw, maxChars, flags);
        if (text.isBlank()) {
            flags.add(Flag.EMPTY_FIELD);
            return null;
        }
        return text;
    }

    /** A string's text; null for everything else. */
    static @Nullable String strictText(JsonParser json, int maxChars, Set<Flag> flags) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_STRING) {
            return Text.clean(json.getText(), maxChars, flags);
        }
        json.skipChildren();
        return null;
    }

    /** A string's text before any healing, other scalars as they are written, null for null, objects and arrays. */
    static @Nullable String rawText(JsonParser json, Set<Flag> flags) throws IOException {
        JsonToken token = json.currentToken();
        if (token == JsonToken.VALUE_STRING) {
            return json.getText();
        }
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        flags.add(Flag.NOT_A_STRING);
        if (token.isScalarValue()) {
            return json.getText();
        }
        json.skipChildren();
        return null;
    }
}
