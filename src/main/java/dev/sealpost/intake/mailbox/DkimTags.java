package dev.sealpost.intake.mailbox;

import java.time.Instant;
import java.util.Locale;
import java.util.regex.Pattern;

import dev.sealpost.report.DomainName;
import org.apache.james.jdkim.tagvalue.SignatureRecordImpl;
import org.jspecify.annotations.Nullable;

/**
 * The tags of one DKIM-Signature (RFC 6376, section 3.5), with the rules that jDKIM does not have. It is valid or not at a
 * given time, where jDKIM would ask the clock of the machine.
 */
final class DkimTags extends SignatureRecordImpl {
    private static final Pattern SELECTOR =
            Pattern.compile("[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,62})(?:\\.[A-Za-z0-9_-]{1,63}){0,3}");

    /** @throws IllegalStateException if they are not by the grammar, or do not cover the From field */
    DkimTags(String value) {
        super(value);
    }

    /** Why such a signature counts as none; null if it may count. */
    @Nullable
    String objection(Instant now) {
        if (getTags().contains("l")) {
            return "it covers only a part of the body (l=)";
        }
        String algorithm = String.valueOf(getValue("a")).toLowerCase(Locale.ROOT);
        if (!algorithm.equals("rsa-sha256")) {
            return algorithm.equals("rsa-sha1")
                    ? "it uses SHA-1"
                    : "unsupported algorithm " + algorithm + ", which says nothing against it";
        }
        if (signer() == null || !SELECTOR.matcher(getSelector()).matches()) {
            return "its domain or selector is no name";
        }
        CharSequence expiry = super.getValue("x");
        return expiry == null || isAfter(expiry.toString(), now) ? null : "it has expired (x=)";
    }

    /** Who signed; null if it is no domain. */
    @Nullable
    DomainName signer() {
        CharSequence domain = getDToken();
        return domain == null ? null : DomainName.parse(domain.toString()).orElse(null);
    }

    /** The name of the key (RFC 6376, section 3.6.2.1). */
    String keyName() {
        return getSelector() + "._domainkey." + signer();
    }

    @Override
    protected @Nullable CharSequence getValue(String tag) {
        return tag.equals("x") ? null : super.getValue(tag);
    }

    @Override
    public @Nullable Long getSignatureTimestamp() {
        // A sender's clock may be ahead.
        return null;
    }

    private static boolean isAfter(String seconds, Instant now) {
        if (!seconds.matches("[0-9]{1,12}")) {
            return false;
        }
        return Long.parseLong(seconds) > now.getEpochSecond();
    }
}
