package dev.sealpost.store;

/** Something rows are grouped by. */
interface Key {
    /** The name in questions and answers. */
    String label();

    /** Its value as SQL over rows called {@code f}: text, empty where there is none. */
    String expression();

    /** Whether it is a time, which goes first in the order of the rows. */
    boolean time();
}
