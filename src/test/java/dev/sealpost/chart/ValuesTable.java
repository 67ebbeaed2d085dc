package dev.sealpost.chart;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The table of values, made from the comments of values.yaml. */
final class ValuesTable {
    private static final Pattern KEY = Pattern.compile("^( *)([A-Za-z]+):(?: (.*))?$");
    private static final Pattern COMMENT = Pattern.compile("^ *# (.*)$");

    /** A value; a comment stands above each. */
    record Row(String key, String value, String comment) {
        String markdown() {
            return "| `" + key + "` | " + (value.isEmpty() ? "" : "`" + value + "`") + " | "
                    + comment.replace("<", "&lt;") + " |";
        }
    }

    private ValuesTable() {}

    static String markdown(List<String> lines) {
        return "| value | default | meaning |\n|---|---|---|\n"
                + rows(lines).stream().map(Row::markdown).collect(Collectors.joining("\n")) + "\n";
    }

    static List<Row> rows(List<String> lines) {
        List<Row> rows = new ArrayList<>();
        Deque<String> path = new ArrayDeque<>();
        StringBuilder comment = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            Matcher key = KEY.matcher(lines.get(i));
            Matcher said = COMMENT.matcher(lines.get(i));
            if (said.matches()) {
                comment.append(comment.isEmpty() ? "" : " ").append(said.group(1));
            } else if (key.matches()) {
                int depth = key.group(1).length() / 2;
                while (path.size() > depth) {
                    path.removeLast();
                }
                path.addLast(key.group(2));
                String value = key.group(3);
                if (value == null && !comment.isEmpty()) {
                    value = nested(lines, i + 1, depth);
                }
                if (value != null) {
                    rows.add(new Row(String.join(".", path), value.equals("\"\"") ? "" : value, comment.toString()));
                }
                comment.setLength(0);
            } else if (lines.get(i).isBlank()) {
                comment.setLength(0);
            }
        }
        return rows;
    }

    /** A map with a comment of its own is one value, or the beginning of a group of commented ones. */
    private static @org.jspecify.annotations.Nullable String nested(List<String> lines, int from, int depth) {
        if (lines.get(from).strip().startsWith("#")) {
            return null;
        }
        List<String> inside = new ArrayList<>();
        for (int i = from; i < lines.size() && lines.get(i).startsWith(" ".repeat(2 * depth + 2)); i++) {
            if (lines.get(i).strip().startsWith("#")) {
                break;
            }
            inside.add(lines.get(i).strip());
            lines.set(i, "");
        }
        return "{" + String.join(", ", inside) + "}";
    }
}
