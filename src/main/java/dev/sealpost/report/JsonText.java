package dev.sealpost.report;

import java.io.IOException;
import java.io.Writer;
import java.util.Set;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

/** Keeps an object or array, where the standard has a string, as its JSON text without white space. */
final class JsonText {
    private JsonText() {}

    /** The text of the structure that begins at the current token; its end is current afterwards. */
    static String of(JsonParser json, JsonFactory factory, int maxChars, Set<Flag> flags) throws IOException {
        Beginning beginning = new Beginning(maxChars + 1);
        try (JsonGenerator copy = factory.createGenerator(beginning)) {
            int depth = 0;
            JsonToken token = json.currentToken();
            while (true) {
                if (token.isNumeric()) {
                    // As written: a huge exponent must not be expanded.
                    copy.writeNumber(json.getText());
                } else {
                    copy.copyCurrentEvent(json);
                }
                if (token.isStructStart()) {
                    depth++;
                } else if (token.isStructEnd() && --depth == 0) {
                    break;
                }
                token = json.nextToken();
            }
        }
        return Text.clean(beginning.text.toString(), maxChars, flags);
    }

    /** Keeps so many characters and drops what follows. */
    private static final class Beginning extends Writer {
        private final StringBuilder text = new StringBuilder();
        private final int maxChars;

        Beginning(int maxChars) {
            this.maxChars = maxChars;
        }

        @Override
        public void write(char[] chars, int offset, int length) {
            text.append(chars, offset, Math.min(length, maxChars - text.length()));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
