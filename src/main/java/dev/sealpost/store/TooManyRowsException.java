package dev.sealpost.store;

/** A question that would go through more rows, or whose answer would have more, than one question may. */
public final class TooManyRowsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param advice what is too much, and what to ask for instead, for people */
    TooManyRowsException(String advice) {
        super(advice, null, false, false);
    }

    /** What is too much, and what to ask for instead. */
    public String advice() {
        return String.valueOf(getMessage());
    }
}
