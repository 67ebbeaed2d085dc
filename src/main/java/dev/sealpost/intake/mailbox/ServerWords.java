package dev.sealpost.intake.mailbox;

import java.util.List;

/** Text of a server, made fit for one line of ours: hostile until cut. */
final class ServerWords {
    private static final int MAX_CHARS = 120;

    private ServerWords() {}

    /** Printable ASCII and letters only, cut. */
    static String clean(String text) {
        StringBuilder clean = new StringBuilder();
        for (int i = 0; i < text.length() && clean.length() < MAX_CHARS; i++) {
            char c = text.charAt(i);
            if ((c >= ' ' && c < 0x7f) || Character.isLetterOrDigit(c)) {
                clean.append(c);
            }
        }
        return clean.toString().strip();
    }

    /** What a server said for its no, in brackets; nothing if it repeats a secret. */
    static String because(String text, List<String> secrets) {
        boolean tells = secrets.stream().anyMatch(text::contains);
        String clean = clean(text);
        return tells || clean.isEmpty() ? "" : " (it says: " + clean + ")";
    }

    /** At most ten names, quoted. */
    static String names(List<String> names) {
        StringBuilder list = new StringBuilder();
        names.stream()
                .limit(10)
                .map(ServerWords::clean)
                .forEach(name -> list.append(list.isEmpty() ? "" : ", ")
                        .append('"')
                        .append(name)
                        .append('"'));
        return names.size() > 10 ? list + " and " + (names.size() - 10) + " more" : list.toString();
    }
}
