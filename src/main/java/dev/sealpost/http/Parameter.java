package dev.sealpost.http;

import java.util.List;

/**
 * A query parameter: what is read, refused and documented by one and the same description.
 *
 * @param description one sentence for the OpenAPI document
 * @param allowed the values it may have; empty if they are no short list
 * @param repeatable whether it may stand several times, any of the values being good
 */
public record Parameter(String name, String description, List<String> allowed, boolean repeatable) {
    /** Rows in one answer. */
    public static final Parameter LIMIT =
            one("limit", "Rows in one answer, 1 to 1,000; 100 if absent. CSV and NDJSON bring all rows.");

    /** Where a list goes on. */
    public static final Parameter CURSOR =
            one("cursor", "The `next` of the answer before, with the same other parameters.");

    /** The form of the answer; goes before the Accept header. */
    public static final Parameter FORMAT = one(
            "format",
            "Form of the answer; the Accept header (text/csv, application/x-ndjson) does the same.",
            "json",
            "csv",
            "ndjson");

    public Parameter {
        allowed = List.copyOf(allowed);
    }

    /** A parameter that stands at most once. */
    public static Parameter one(String name, String description, String... allowed) {
        return new Parameter(name, description, List.of(allowed), false);
    }

    /** A parameter that may be repeated. */
    public static Parameter many(String name, String description, List<String> allowed) {
        return new Parameter(name, description, allowed, true);
    }

    /** Characters of one value; a cursor holds a row's group, the longest of which is a failure reason code. */
    int maxChars() {
        return equals(CURSOR) ? 12_000 : 1_000;
    }

    /** The problem of a value that this parameter cannot have. */
    public ProblemException refuse(String expected) {
        return Problem.badParameter(name, name + " must be " + expected, allowed)
                .exception();
    }
}
