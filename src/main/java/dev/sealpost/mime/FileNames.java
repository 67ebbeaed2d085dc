package dev.sealpost.mime;

import java.util.List;

import org.apache.james.mime4j.stream.NameValuePair;
import org.apache.james.mime4j.stream.RawBody;
import org.apache.james.mime4j.stream.RawField;
import org.apache.james.mime4j.stream.RawFieldParser;
import org.apache.james.mime4j.util.MimeParameterMapping;
import org.jspecify.annotations.Nullable;

/** Declared file names (RFC 8460, section 5.1), whole or in the pieces of RFC 2231. */
final class FileNames {
    private static final int MAX_PARAMETERS = 64;
    private static final int MAX_NAME_CHARS = 1_024;

    private FileNames() {}

    static @Nullable String of(RawField raw, String parameter) {
        RawBody body = RawFieldParser.DEFAULT.parseRawBody(raw);
        List<NameValuePair> pairs = body.getParams();
        MimeParameterMapping parameters = new MimeParameterMapping();
        for (NameValuePair pair : pairs.subList(0, Math.min(pairs.size(), MAX_PARAMETERS))) {
            if (pair.getValue() != null) {
                parameters.addParameter(pair.getName(), pair.getValue());
            }
        }
        String name = parameters.get(parameter);
        if (name == null) {
            return null;
        }
        String clean = HeaderText.clean(name, MAX_NAME_CHARS);
        return clean.isEmpty() ? null : clean;
    }
}
