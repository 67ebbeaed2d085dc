package dev.sealpost.report;

import java.util.Arrays;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Bytes that hold a report.
 *
 * @param report what was understood
 * @param json the JSON object, unpacked, its bytes as received: without byte order mark or bytes around the object. It
 *     is a copy that belongs to the caller
 */
@SuppressWarnings({"JavaLangClash", "ArrayRecordComponent"})
public record Readable(Report report, byte[] json) implements Reading {
    public Readable {
        Objects.requireNonNull(report, "report");
        Objects.requireNonNull(json, "json");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Readable that && report.equals(that.report) && Arrays.equals(json, that.json);
    }

    @Override
    public int hashCode() {
        return 31 * report.hashCode() + Arrays.hashCode(json);
    }

    @Override
    public String toString() {
        return "Readable[" + report + ", " + json.length + " bytes]";
    }
}
