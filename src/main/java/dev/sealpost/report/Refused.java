package dev.sealpost.report;

import java.io.IOException;

/** Ends the reading of one input from deep inside; {@link ReportReader} turns it into a {@link Rejection}. */
final class Refused extends IOException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final String detail;

    Refused(Reason reason, String detail) {
        super(detail);
        this.reason = reason;
        this.detail = detail;
    }

    Rejection rejection() {
        return new Rejection(reason, detail);
    }

    /** No stack trace: bad input is expected, and must be cheap. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
