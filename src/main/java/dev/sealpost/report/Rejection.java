package dev.sealpost.report;

import java.util.Objects;

/**
 * Bytes that hold no report.
 *
 * @param reason the class of trouble
 * @param detail one line that says what and where; never repeats text of the input, so it is safe to show
 */
public record Rejection(Reason reason, String detail) implements Reading {
    public Rejection {
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(detail, "detail");
    }
}
