package dev.sealpost.intake.mailbox;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;

import dev.sealpost.report.DomainName;
import org.apache.james.jdkim.DKIMVerifier;
import org.apache.james.jdkim.api.BodyHasher;
import org.apache.james.jdkim.api.PublicKeyRecord;
import org.apache.james.jdkim.api.SignatureRecord;
import org.apache.james.jdkim.exceptions.FailException;
import org.jspecify.annotations.Nullable;

/** Verifies the DKIM signatures (RFC 6376) of one mail: only so many, and only so long. */
final class Dkim {
    private static final int MAX_SIGNATURES = 5;
    private static final int MAX_SIGNATURE_CHARS = 8 << 10;

    private final MailHead head;
    private final KeyLookups.Session keys;
    private final boolean tlsrptKeysOnly;
    private final LongSupplier nanoTime;
    private final Instant now;

    Dkim(MailHead head, KeyLookups.Session keys, boolean tlsrptKeysOnly, LongSupplier nanoTime, Instant now) {
        this.head = head;
        this.keys = keys;
        this.tlsrptKeysOnly = tlsrptKeysOnly;
        this.nanoTime = nanoTime;
        this.now = now;
    }

    /**
     * What became of one signature.
     *
     * @param signer whose it is; null if it is not valid
     * @param pending whose it says it is, if it could not be verified for now only; null if its outcome is final
     * @param text one line for people: what is wrong, or what to note
     */
    record Outcome(@Nullable DomainName signer, @Nullable DomainName pending, String text) {
        static Outcome bad(String text) {
            return new Outcome(null, null, text);
        }
    }

    /** One outcome for each signature that was looked at, topmost first. */
    List<Outcome> outcomes() {
        List<MailHead.Field> signatures = head.named("dkim-signature");
        int from = head.named("from").size();
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < Math.min(MAX_SIGNATURES, signatures.size()); i++) {
            outcomes.add(from == 1 ? outcome(signatures.get(i)) : Outcome.bad("the mail has " + from + " From fields"));
        }
        return outcomes;
    }

    private Outcome outcome(MailHead.Field signature) {
        try {
            String value = signature.value();
            if (value == null || value.length() > MAX_SIGNATURE_CHARS) {
                return Outcome.bad("it cannot be read");
            }
            DkimTags tags = new DkimTags(value);
            String objection = tags.objection(now);
            if (objection != null) {
                return Outcome.bad(OneLine.of(objection));
            }
            if (nanoTime.getAsLong() - keys.end() >= 0) {
                return new Outcome(null, tags.signer(), "no time was left to verify it");
            }
            return outcome(signature, tags);
        } catch (IllegalStateException e) {
            return Outcome.bad(OneLine.of(String.valueOf(e.getMessage())));
        } catch (IOException | RuntimeException | StackOverflowError e) {
            return Outcome.bad("it cannot be read");
        }
    }

    private Outcome outcome(MailHead.Field signature, DkimTags tags) throws IOException {
        KeyLookups.OneKey key = keys.forOne(tags);
        try {
            return verify(signature, tags, key);
        } catch (FailException | IllegalStateException e) {
            // jDKIM's words, in which may be some of the mail's or of the key's.
            return new Outcome(
                    null, key.isPending() ? tags.signer() : null, OneLine.of(String.valueOf(e.getMessage())));
        }
    }

    private Outcome verify(MailHead.Field signature, DkimTags tags, KeyLookups.OneKey key)
            throws FailException, IOException {
        Verifier verifier = new Verifier(key, tlsrptKeysOnly);
        BodyHasher hasher = verifier.newBodyHasher(new SignedHeaders(head, signature));
        try (OutputStream body = hasher.getOutputStream()) {
            // In one piece: jDKIM's canonicalisation of a lone CR depends on how the body is cut.
            body.write(head.mail(), head.bodyStart(), head.mail().length - head.bodyStart());
        }
        List<SignatureRecord> valid = verifier.verify(hasher);
        if (valid == null || valid.size() != 1) {
            return Outcome.bad("it does not verify");
        }
        return new Outcome(
                Objects.requireNonNull(tags.signer()), null, verifier.testing ? ", whose key is a test (t=y)" : "");
    }

    /** jDKIM with our rules for tags and keys. */
    private static final class Verifier extends DKIMVerifier {
        private final boolean tlsrptKeysOnly;
        private boolean testing;

        Verifier(KeyLookups.OneKey keys, boolean tlsrptKeysOnly) {
            super(keys);
            this.tlsrptKeysOnly = tlsrptKeysOnly;
        }

        @Override
        public SignatureRecord newSignatureRecord(String value) {
            return new DkimTags(value);
        }

        @Override
        protected PublicKeyRecord newPublicKeyRecord(String value) {
            DkimKey key = new DkimKey(value, tlsrptKeysOnly);
            testing = key.isTesting();
            return key;
        }
    }
}
