package dev.sealpost.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Holds a part of a page between two marks to what a test made; {@code -Dsealpost.renew=true} writes it. */
final class Pages {
    private static final Pattern DATE = Pattern.compile("\\b20\\d\\d-\\d\\d-\\d\\d(?=\\b|T)");
    private static final Pattern ID =
            Pattern.compile("\\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\\b");
    private static final Pattern NUMBERED = Pattern.compile("^\\d\\. ");
    private static final int WIDTH = 116;

    private Pages() {}

    /** The part of the page is this text. */
    static void hold(Path page, String begin, String end, String made) throws IOException {
        String old = Files.readString(page);
        String text =
                old.substring(0, old.indexOf(begin) + begin.length()) + "\n" + made + old.substring(old.indexOf(end));
        if (Boolean.getBoolean("sealpost.renew")) {
            Files.writeString(page, text);
        }
        assertThat(Files.readString(page))
                .as("run this test with -Dsealpost.renew=true, and read what it made")
                .isEqualTo(text);
    }

    /** The same as if it were another day today, and with ids that tell nothing. */
    static String steady(String text, LocalDate today, LocalDate asIf) {
        long shift = ChronoUnit.DAYS.between(today, asIf);
        String dated = DATE.matcher(text)
                .replaceAll(
                        found -> LocalDate.parse(found.group()).plusDays(shift).toString());
        Map<String, String> ids = new LinkedHashMap<>();
        return ID.matcher(dated)
                .replaceAll(found -> ids.computeIfAbsent(
                        found.group(), id -> "0f6e2a4c-5b1d-4e0a-9c3f-%012d".formatted(ids.size() + 1)));
    }

    /** Lines as a reader's window breaks them, but for commands. */
    static String wrapped(String text) {
        StringBuilder lines = new StringBuilder();
        text.lines().forEach(line -> {
            String rest = line;
            while (!line.startsWith("   ") && rest.length() > WIDTH && rest.lastIndexOf(' ', WIDTH) > 0) {
                int end = rest.lastIndexOf(' ', WIDTH);
                lines.append(rest, 0, end).append('\n');
                rest = (NUMBERED.matcher(line).find() ? "   " : "") + rest.substring(end + 1);
            }
            lines.append(rest).append('\n');
        });
        return lines.toString();
    }
}
