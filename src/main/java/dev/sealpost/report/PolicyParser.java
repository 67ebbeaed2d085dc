package dev.sealpost.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import org.jspecify.annotations.Nullable;

/** The elements of {@code policies} (RFC 8460, section 4.4): policy, summary and failure-details. */
final class PolicyParser {
    private final JsonParser json;
    private final JsonFactory factory;
    private final Limits limits;
    private final Attempts attempts = new Attempts();
    private int detailCount;

    PolicyParser(JsonParser json, JsonFactory factory, Limits limits) {
        this.json = json;
        this.factory = factory;
        this.limits = limits;
    }

    /** Forgets what was counted in a {@code policies} member that a later one replaces. */
    void restart() {
        detailCount = 0;
    }

    /** Reads the object whose beginning is the current token. Cut details are flagged at the report too. */
    Policy read(Set<Flag> reportFlags) throws IOException {
        EnumSet<Flag> flags = FlagSet.none();
        Seen seen = new Seen(flags);
        PolicyTerms terms = null;
        SummaryCounts summary = null;
        Flattened flat = null;
        List<FailureDetail> details = List.of();
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            switch (name) {
                case "policy" -> {
                    seen.add(1);
                    terms = readTerms(flags);
                }
                case "summary" -> {
                    seen.add(1 << 1);
                    summary = readSummary(flags);
                }
                case "failure-details" -> {
                    seen.add(1 << 2);
                    details = readDetails(flags);
                }
                default -> {
                    flat = flat == null ? new Flattened(factory, attempts) : flat;
                    flat.read(name, json, flags);
                }
            }
        }
        if (terms == null || summary == null || summary.isEmpty()) {
            flat = flat == null ? new Flattened(factory, attempts) : flat;
            terms = terms == null ? flat.terms(flags) : terms;
            summary = summary == null || summary.isEmpty() ? flat.summary(flags) : summary;
        }
        if (flags.contains(Flag.DETAILS_CUT)) {
            reportFlags.add(Flag.DETAILS_CUT);
        }
        return policy(terms, summary, details, flags);
    }

    private static Policy policy(
            PolicyTerms terms, SummaryCounts summary, List<FailureDetail> details, Set<Flag> flags) {
        PolicyType type = terms.policyType(flags);
        DomainName domain = terms.policyDomain(flags);
        Long failures = summary.failures(flags);
        DetailChecks.note(type, failures, details, flags);
        return new Policy(
                type, terms.policyString(), domain, terms.mxHost(), summary.successes(flags), failures, details, flags);
    }

    private @Nullable PolicyTerms readTerms(Set<Flag> flags) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return null;
        }
        PolicyTerms terms = new PolicyTerms(factory, flags, attempts);
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            if (!terms.read(name, json)) {
                json.skipChildren();
            }
        }
        return terms;
    }

    private SummaryCounts readSummary(Set<Flag> flags) throws IOException {
        SummaryCounts summary = new SummaryCounts();
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return summary;
        }
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            if (!summary.read(name, json, flags)) {
                json.skipChildren();
            }
        }
        return summary;
    }

    private List<FailureDetail> readDetails(Set<Flag> flags) throws IOException {
        JsonToken token = json.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            return List.of();
        }
        List<FailureDetail> details = new ArrayList<>();
        if (token == JsonToken.START_ARRAY) {
            for (token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
                readDetail(details, flags);
            }
        } else {
            flags.add(Flag.DETAILS_NOT_ARRAY);
            readDetail(details, flags);
        }
        return details;
    }

    private void readDetail(List<FailureDetail> details, Set<Flag> flags) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            flags.add(Flag.BAD_DETAIL);
            json.skipChildren();
        } else if (detailCount == limits.maxDetails()) {
            flags.add(Flag.DETAILS_CUT);
            json.skipChildren();
        } else {
            detailCount++;
            details.add(new DetailParser(json, factory, flags, attempts).read());
        }
    }
}
