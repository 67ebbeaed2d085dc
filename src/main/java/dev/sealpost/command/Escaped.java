package dev.sealpost.command;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Text from outside for a terminal: printable ASCII as it is, everything else as its number. */
final class Escaped {
    private Escaped() {}

    static String line(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    static String bytes(byte[] bytes) {
        StringBuilder escaped = new StringBuilder(bytes.length);
        for (byte b : bytes) {
            if (b == '\\') {
                escaped.append("\\\\");
            } else if (b >= ' ' && b < 0x7F) {
                escaped.append((char) b);
            } else if (b == '\n') {
                escaped.append("\\n");
            } else {
                escaped.append(String.format("\\x%02x", b));
            }
        }
        return escaped.toString();
    }

    /** The rows with their columns aligned. */
    static List<String> table(List<List<String>> rows) {
        int[] widths = new int[rows.getFirst().size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return rows.stream().map(row -> aligned(row, widths)).toList();
    }

    private static String aligned(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = row.get(i);
            line.append(cell).repeat(" ", widths[i] - cell.length() + 2);
        }
        return line.toString().stripTrailing();
    }
}
