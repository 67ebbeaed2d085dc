package dev.sealpost.intake.mailbox;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.apache.james.jdkim.api.Headers;
import org.jspecify.annotations.Nullable;

/** The header of a mail for jDKIM, as if it had one signature: which of several is valid matters. For one verification. */
@SuppressWarnings("ReferenceEquality")
final class SignedHeaders implements Headers {
    private static final String SIGNATURE = "dkim-signature";

    private final Map<String, List<@Nullable String>> fields = new HashMap<>();
    private final String signature;
    private boolean given;

    /** @param signature the one, which has a text */
    SignedHeaders(MailHead head, MailHead.Field signature) {
        for (MailHead.Field field : head.fields()) {
            // The same object, not an equal one: a copy of the signature is another field.
            if (field != signature) {
                fields.computeIfAbsent(field.name(), name -> new ArrayList<>()).add(field.text());
            }
        }
        this.signature = String.valueOf(signature.text());
    }

    @Override
    public List<String> getFields() {
        throw new UnsupportedOperationException("jDKIM asks by name");
    }

    /** First the signature that is verified; after that, what it covers, other signatures among it. */
    @Override
    public List<String> getFields(String name) {
        String key = name.toLowerCase(Locale.ROOT);
        if (!given && key.equals(SIGNATURE)) {
            given = true;
            return List.of(signature);
        }
        List<String> texts = new ArrayList<>();
        for (@Nullable String text : fields.getOrDefault(key, List.of())) {
            if (text == null) {
                throw new IllegalStateException("a field that it covers cannot be read");
            }
            texts.add(text);
        }
        return texts;
    }
}
