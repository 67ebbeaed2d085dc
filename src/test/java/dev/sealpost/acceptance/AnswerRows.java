package dev.sealpost.acceptance;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;

/** The rows of an answer as texts by column, the same for every format. */
final class AnswerRows {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final MathContext DIGITS = new MathContext(10);

    private AnswerRows() {}

    static String rounded(String number) {
        BigDecimal rounded = new BigDecimal(number).round(DIGITS);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }

    static List<Map<String, String>> ofJson(JsonNode rows) {
        List<Map<String, String>> read = new ArrayList<>();
        rows.forEach(row -> read.add(ofJsonRow(row)));
        return read;
    }

    static Map<String, String> ofJsonRow(JsonNode row) {
        Map<String, String> texts = new LinkedHashMap<>();
        row.properties().forEach(member -> texts.put(member.getKey(), text(member.getKey(), member.getValue())));
        return texts;
    }

    private static String text(String name, JsonNode value) {
        if (value.isArray()) {
            TreeSet<String> parts = new TreeSet<>();
            value.forEach(part -> parts.add(part.asText()));
            return String.join(" ", parts);
        }
        return value.isNull() ? "" : name.equals("failureRate") ? rounded(value.asText()) : value.asText();
    }

    static List<Map<String, String>> ofNdjson(String body) {
        return body.lines()
                .map(line -> {
                    try {
                        return ofJsonRow(JSON.readTree(line));
                    } catch (JsonProcessingException e) {
                        throw new AssertionError(line, e);
                    }
                })
                .toList();
    }

    static List<Map<String, String>> ofCsv(String body) {
        List<Map<String, String>> read = new ArrayList<>();
        for (NamedCsvRecord record : CsvReader.builder().ofNamedCsvRecord(body)) {
            Map<String, String> texts = new LinkedHashMap<>();
            record.getFieldsAsMap().forEach((name, value) -> texts.put(name, cell(name, value)));
            read.add(texts);
        }
        return read;
    }

    private static String cell(String name, String value) {
        return switch (name) {
            case "failureRate" -> value.isEmpty() ? "" : rounded(value);
            case "domains", "flags" -> String.join(" ", new TreeSet<>(List.of(value.split(" ", -1))));
            default -> value;
        };
    }

    /** A text as a table has it that a spreadsheet opens. */
    static String inCsv(String text) {
        return !text.isEmpty() && "=+-@".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }
}
