package dev.sealpost.report;

import java.io.IOException;
import java.time.Instant;
import java.util.Set;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import org.jspecify.annotations.Nullable;

/** The date-range object (RFC 8460, section 4.4). */
final class DateRangeParser {
    private static final long DAY_SECONDS = 86_400;
    private static final Instant YEAR_2018 = Instant.parse("2018-01-01T00:00:00Z");

    /** A fixed bound, not the clock: the same bytes must read the same whenever they are replayed. */
    private static final Instant YEAR_2100 = Instant.parse("2100-01-01T00:00:00Z");

    private DateRangeParser() {}

    static @Nullable DateRange read(JsonParser json, Set<Flag> flags) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return null;
        }
        Seen seen = new Seen(flags);
        Instant start = null;
        Instant end = null;
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            switch (name) {
                case "start-datetime" -> {
                    seen.add(1);
                    start = instant(json, flags);
                }
                case "end-datetime" -> {
                    seen.add(1 << 1);
                    end = instant(json, flags);
                }
                default -> json.skipChildren();
            }
        }
        if (start == null || end == null) {
            return null;
        }
        judge(start, end, flags);
        return new DateRange(start, end);
    }

    private static @Nullable Instant instant(JsonParser json, Set<Flag> flags) throws IOException {
        return switch (json.currentToken()) {
            case VALUE_STRING -> DateText.parse(json.getText(), flags);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> DateText.epoch(json.getText(), flags);
            default -> {
                json.skipChildren();
                yield null;
            }
        };
    }

    private static void judge(Instant start, Instant end, Set<Flag> flags) {
        long first = start.getEpochSecond();
        long length = end.getEpochSecond() - first;
        if (length < 0) {
            flags.add(Flag.END_BEFORE_START);
        } else if (Math.floorMod(first, DAY_SECONDS) != 0 || length < DAY_SECONDS - 1 || length > DAY_SECONDS) {
            flags.add(Flag.RANGE_NOT_ONE_DAY);
        }
        if (start.isBefore(YEAR_2018)) {
            flags.add(Flag.BEFORE_2018);
        }
        if (!end.isBefore(YEAR_2100)) {
            flags.add(Flag.FAR_FUTURE);
        }
    }
}
