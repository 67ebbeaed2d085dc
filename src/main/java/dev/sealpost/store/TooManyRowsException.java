package dev.sealpost.store;

/** A question whose answer would have more rows than are made. */
public final class TooManyRowsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long periods;

    TooManyRowsException(long periods) {
        super("more rows than are answered", null, false, false);
        this.periods = periods;
    }

    /** Days, weeks or months of the question, each of which would have a row for every group. */
    public long periods() {
        return periods;
    }
}
