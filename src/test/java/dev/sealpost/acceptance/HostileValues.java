package dev.sealpost.acceptance;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import com.fasterxml.jackson.databind.JsonNode;

/** Values for parameters and bodies: some that are meant to be, more that are not. All but bodies are percent-encoded. */
final class HostileValues {
    private static final List<String> TEXTS = List.of(
            "",
            "%20",
            "%00",
            "a%00b",
            "%ff",
            "%c3%28",
            "%f0%9f%92%a3",
            "%e2%80%ae",
            "%0d%0aX-Injected:%201",
            "%27",
            "%27%20OR%20%271%27=%271",
            "%27;DROP%20TABLE%20report;--",
            "1)%20OR%20pg_sleep(1)%20IS%20NULL--",
            "%24%7Bjndi:ldap://x/y%7D",
            "%7B%7B7*7%7D%7D",
            "%3Cscript%3Ealert(1)%3C/script%3E",
            "..%2f..%2fetc%2fpasswd",
            "%25s%25n%25x",
            "null",
            "NaN",
            "true",
            "%5B%5D",
            "-1",
            "0",
            "1e309",
            "9223372036854775808",
            "99999999999999999999999999",
            "0x10",
            "0001-01-01",
            "9999-12-31",
            "-0001-01-01",
            "%2B10000-01-01",
            "2026-02-30",
            "2026-11-23T00:00:00Z",
            "1.2.3",
            "::/0",
            "0.0.0.0/0",
            "::ffff:1.2.3.4/200",
            "fe80::1%25eth0",
            "192.0.2.0/33",
            "example.org.",
            ".",
            "*.example.org",
            "xn--",
            "xn--zzzzzz",
            "b%C3%BCcher.example",
            "%C4%B0.example",
            "AAAA",
            "________________________________");

    private final Random random;
    private final List<String> ids;

    /** @param ids that exist */
    HostileValues(Random random, List<String> ids) {
        this.random = random;
        this.ids = ids;
    }

    /** A value for a parameter, more often than not one of its schema. */
    String of(JsonNode parameter) {
        JsonNode schema = parameter.path("schema");
        JsonNode value = schema.has("items") ? schema.path("items") : schema;
        List<String> meant = new ArrayList<>();
        value.path("enum").forEach(each -> meant.add(each.asText()));
        value.path("examples").forEach(each -> meant.add(each.asText()));
        if (value.path("type").asText().equals("integer")) {
            meant.addAll(List.of("1", "2", "1000"));
        }
        return meant.isEmpty() || random.nextInt(5) < 2
                ? text()
                : URLEncoder.encode(meant.get(random.nextInt(meant.size())), StandardCharsets.UTF_8);
    }

    /** A part of a path. */
    String part() {
        return switch (random.nextInt(4)) {
            case 0 -> "6c71a176-edd5-8990-b1fe-c741f7131515";
            case 1 -> ids.get(random.nextInt(ids.size()));
            case 2 -> "example.org";
            default -> {
                String text = text();
                // Dots alone would make it the path of another call.
                yield text.isEmpty() || text.matches("(\\.|%2e){1,2}") || text.contains("/") ? "x" : text;
            }
        };
    }

    /** Anything. */
    String text() {
        return switch (random.nextInt(12)) {
            case 0 -> "a".repeat(1 + random.nextInt(1_100));
            case 1 -> "%f0%9f%92%a3".repeat(1 + random.nextInt(60));
            case 2 -> random();
            default -> TEXTS.get(random.nextInt(TEXTS.size()));
        };
    }

    private String random() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(20); i >= 0; i--) {
            text.append('%').append("%02x".formatted(random.nextInt(256)));
        }
        return text.toString();
    }

    /** A body: JSON of any shape, or bytes. */
    byte[] body() {
        if (random.nextInt(4) == 0) {
            byte[] bytes = new byte[random.nextInt(300)];
            random.nextBytes(bytes);
            return bytes;
        }
        String value = List.of(
                        "null",
                        "1e999",
                        "\"\"",
                        "\"\\u0000\"",
                        "\"acme\"",
                        "\"intake\"",
                        "[\"example.org\"]",
                        "[null]",
                        "[[]]",
                        "{}",
                        "\"\\ud800\"",
                        "\"2027-01-01T00:00:00Z\"",
                        "\"+999999999-12-31T23:59:59Z\"",
                        "\"" + "x".repeat(5_000) + "\"",
                        "[" + "[".repeat(2_000))
                .get(random.nextInt(15));
        String member = List.of("role", "tenant", "domains", "expires", "mxHosts", "x", "")
                .get(random.nextInt(7));
        String body =
                switch (random.nextInt(4)) {
                    case 0 -> value;
                    case 1 -> "{\"role\":\"intake\",\"" + member + "\":" + value + "}";
                    default -> "{\"" + member + "\":" + value + "}";
                };
        return body.getBytes(StandardCharsets.UTF_8);
    }
}
