package dev.sealpost.command;

/** One line for people on stderr; stdout is for results. */
final class Progress {
    private Progress() {}

    @SuppressWarnings("SystemOut")
    static void say(String line) {
        System.err.println(line);
    }
}
