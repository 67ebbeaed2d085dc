package dev.sealpost.report;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import org.jspecify.annotations.Nullable;

/** The members of a policy object (RFC 8460, section 4.4), also where a sender flattened them one level up. */
final class PolicyTerms {
    private static final int MX_HOST = 1 << 3;

    private final JsonFactory factory;
    private final Set<Flag> flags;
    private final Attempts attempts;
    private final Seen seen;
    private @Nullable String policyType;
    private @Nullable DomainName policyDomain;
    private boolean badDomain;
    private List<String> policyString = List.of();
    private List<String> mxHost = List.of();

    PolicyTerms(JsonFactory factory, Set<Flag> flags, Attempts attempts) {
        this.factory = factory;
        this.flags = flags;
        this.attempts = attempts;
        this.seen = new Seen(flags);
    }

    /** Reads the value at the current token if the member is one of a policy. */
    boolean read(String name, JsonParser json) throws IOException {
        switch (name) {
            case "policy-type" -> {
                seen.add(1);
                String raw = Values.rawText(json, flags);
                policyType = raw == null ? null : type(raw, flags);
            }
            case "policy-domain" -> {
                seen.add(1 << 1);
                readDomain(json);
            }
            case "policy-string" -> {
                seen.add(1 << 2);
                policyString = TextLists.policyString(json, factory, flags, attempts);
            }
            case "mx-host" -> {
                seen.add(MX_HOST);
                mxHost = TextLists.mxHost(json, flags, attempts);
            }
            case "mx-host-pattern" -> {
                // The name in the RFC's text (section 4.4); the one in its example wins.
                flags.add(Flag.ALIAS);
                List<String> alias = TextLists.mxHost(json, flags, attempts);
                mxHost = seen.has(MX_HOST) ? mxHost : alias;
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    Set<Flag> flags() {
        return flags;
    }

    boolean hasPolicyType() {
        return policyType != null;
    }

    @Nullable
    PolicyType policyType(Set<Flag> target) {
        if (policyType == null) {
            target.add(Flag.NO_POLICY_TYPE);
            return null;
        }
        PolicyType type = PolicyType.of(policyType);
        if (!type.registered()) {
            target.add(Flag.UNKNOWN_POLICY_TYPE);
        }
        return type;
    }

    @Nullable
    DomainName policyDomain(Set<Flag> target) {
        if (policyDomain == null && !badDomain) {
            target.add(Flag.NO_POLICY_DOMAIN);
        }
        return policyDomain;
    }

    List<String> policyString() {
        return policyString;
    }

    List<String> mxHost() {
        return mxHost;
    }

    private void readDomain(JsonParser json) throws IOException {
        String raw = Values.rawText(json, flags);
        String text = raw == null ? null : Values.clean(raw, Limits.MAX_TEXT_CHARS, flags);
        policyDomain = text == null ? null : DomainText.domain(text, flags, attempts);
        badDomain = text != null && policyDomain == null;
    }

    /** A policy or result type: lower case, at most 64 characters, null when there is none. */
    static @Nullable String type(String raw, Set<Flag> flags) {
        String text = Values.clean(raw, Limits.MAX_TYPE_CHARS, flags);
        if (text == null) {
            return null;
        }
        String type = text.strip().toLowerCase(Locale.ROOT);
        if (!type.equals(text)) {
            flags.add(Flag.CASE);
        }
        return Text.cut(type, Limits.MAX_TYPE_CHARS, flags);
    }
}
