package dev.sealpost.alert.detect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sealpost.report.ResultType;

/** A line of reports.ndjson; the format is described in docs/detection.md. */
record ExportedReport(int arrival, String domain, String organization, DayCell cell) {
    static List<ExportedReport> read(Path file) throws IOException {
        List<ExportedReport> reports = new ArrayList<>();
        try (JsonParser parser = new JsonFactory().createParser(Files.newInputStream(file))) {
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                reports.add(read(parser));
            }
        }
        return reports;
    }

    private static ExportedReport read(JsonParser parser) throws IOException {
        int arrival = 0;
        long day = 0;
        long sessions = 0;
        String domain = "";
        String organization = "";
        boolean dane = false;
        boolean former = false;
        List<Failed> failed = new ArrayList<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "arrival" -> arrival = parser.getIntValue();
                case "day" -> day = parser.getLongValue();
                case "sessions" -> sessions = parser.getLongValue();
                case "domain" -> domain = parser.getText().intern();
                case "organization" -> organization = parser.getText().intern();
                case "dane" -> dane = parser.getBooleanValue();
                case "oldMx" -> former = parser.getBooleanValue();
                case "failures" -> {
                    while (parser.nextToken() == JsonToken.FIELD_NAME) {
                        String type = parser.currentName();
                        parser.nextToken();
                        failed.add(new Failed(type(type), parser.getLongValue()));
                    }
                }
                default -> parser.skipChildren();
            }
        }
        if (former) {
            failed.replaceAll(
                    each -> new Failed(each.type(), each.sessions(), List.of(DetectionRun.FORMER_HOST), List.of()));
        }
        return new ExportedReport(arrival, domain, organization, new DayCell(day, sessions, failed, dane));
    }

    private static ResultType type(String value) {
        return ResultType.REGISTERED.stream()
                .filter(type -> type.value().equals(value))
                .findFirst()
                .orElseGet(() -> new ResultType(value));
    }
}
