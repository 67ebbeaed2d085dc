package dev.sealpost.report;

import java.io.IOException;
import java.util.Set;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;

/** The members of a policy and its summary that a sender put one level too high, beside those two objects. */
final class Flattened {
    private final PolicyTerms terms;
    private final SummaryCounts summary = new SummaryCounts();

    Flattened(JsonFactory factory, Attempts attempts) {
        this.terms = new PolicyTerms(factory, FlagSet.none(), attempts);
    }

    /** Reads the value at the current token, or skips it if it is none of these. */
    void read(String name, JsonParser json, Set<Flag> flags) throws IOException {
        if (!terms.read(name, json) && !summary.read(name, json, flags)) {
            json.skipChildren();
        }
    }

    /** The terms, for an element without a policy object. */
    PolicyTerms terms(Set<Flag> flags) {
        flags.addAll(terms.flags());
        if (terms.hasPolicyType()) {
            flags.add(Flag.FLATTENED_POLICY);
        }
        return terms;
    }

    /** The counts, for an element without a summary object. */
    SummaryCounts summary(Set<Flag> flags) {
        if (summary.isEmpty()) {
            flags.add(Flag.NO_SUMMARY);
        }
        return summary;
    }
}
