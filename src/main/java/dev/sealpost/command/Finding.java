package dev.sealpost.command;

/**
 * What {@link DoctorCommand} found about one thing.
 *
 * @param fine whether there is nothing to do
 * @param about what was looked at
 * @param detail what was found, for people
 * @param hint what to do; empty if fine
 */
record Finding(boolean fine, String about, String detail, String hint) {
    static Finding fine(String about, String detail) {
        return new Finding(true, about, detail, "");
    }

    static Finding wrong(String about, String detail, String hint) {
        return new Finding(false, about, detail, hint);
    }

    /** One line, and a second one with what to do. */
    String text() {
        return String.format("%-6s %-24s %s", fine ? "ok" : "WRONG", about, Escaped.line(detail))
                + (hint.isEmpty() ? "" : System.lineSeparator() + "       -> " + hint);
    }
}
