package dev.sealpost.report;

import static dev.sealpost.report.Samples.reason;
import static dev.sealpost.report.Samples.report;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatesTest {
    @ParameterizedTest
    @CsvSource({
        "2026-11-01T00:00:00Z, 2026-11-01T00:00:00Z, ",
        "2026-11-01T02:00:00+02:00, 2026-11-01T00:00:00Z, DATE_OFFSET",
        "2026-10-31T19:00:00-05:00, 2026-11-01T00:00:00Z, DATE_OFFSET",
        "2026-11-01T00:00:00, 2026-11-01T00:00:00Z, NO_TIMEZONE",
        "2026-11-01t00:00:00z, 2026-11-01T00:00:00Z, DATE_FORM",
        "2026-11-01 00:00:00Z, 2026-11-01T00:00:00Z, DATE_FORM",
        "2026-10-31T24:00:00Z, 2026-11-01T00:00:00Z, DATE_FORM",
        "2026-11-01T00:00:00.999Z, 2026-11-01T00:00:00Z, DATE_FRACTION",
        "2026-11-01, 2026-11-01T00:00:00Z, DATE_ONLY",
        "2016-12-31T23:59:60Z, 2016-12-31T23:59:59Z, DATE_FORM",
        "2024-02-29T00:00:00Z, 2024-02-29T00:00:00Z, ",
        "0001-01-01T00:00:00Z, 0001-01-01T00:00:00Z, BEFORE_2018",
        "9999-12-31T23:59:59Z, 9999-12-31T23:59:59Z, FAR_FUTURE",
        "1793491200, 2026-11-01T00:00:00Z, EPOCH_DATE",
        "1793491200.9, 2026-11-01T00:00:00Z, EPOCH_DATE",
        "1.7934912e9, 2026-11-01T00:00:00Z, EPOCH_DATE"
    })
    void knownForms_areRead(String written, String expected, Flag flag) {
        Report report = report(withDates(written, written));
        assertThat(report.dateRange().start()).hasToString(expected);
        if (flag == null) {
            assertThat(report.flags()).containsExactly(Flag.RANGE_NOT_ONE_DAY);
        } else {
            assertThat(report.flags()).contains(flag);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "2026-13-01T00:00:00Z",
                "2026-02-29T00:00:00Z",
                "2026-11-01T25:00:00Z",
                "2026-11-01T24:00:01Z",
                "2026-11-01T00:60:00Z",
                "2026-11-01T00:00:61Z",
                "2026-11-01T00:00:00.Z",
                "2026-11-01T00:00:00Zx",
                "2026-11-01T00:00:00+24:00",
                "0000-12-31T23:59:59Z",
                "10000-01-01T00:00:00Z",
                "0001-01-01T00:00:00+01:00",
                "2026-1-1",
                "1e400",
                "1e999999999",
                "99999999999999",
                "NaN"
            })
    void otherForms_areNoDates(String written) {
        assertThat(reason(withDates(written, "2026-11-01"))).isEqualTo(Reason.NO_DATES);
        assertThat(reason(withDates("2026-11-01", written))).isEqualTo(Reason.NO_DATES);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-01T00:00:00Z, 2026-11-01T23:59:59Z, ",
        "2026-11-01T00:00:00Z, 2026-11-02T00:00:00Z, ",
        "2026-11-01T00:00:00Z, 2026-11-08T00:00:00Z, RANGE_NOT_ONE_DAY",
        "2026-11-01T00:00:00Z, 2026-11-01T01:00:00Z, RANGE_NOT_ONE_DAY",
        "2026-11-02T00:00:00Z, 2026-11-01T00:00:00Z, END_BEFORE_START",
        "2016-04-01T00:00:00Z, 2016-04-01T23:59:59Z, BEFORE_2018",
        "2100-01-01T00:00:00Z, 2100-01-01T23:59:59Z, FAR_FUTURE"
    })
    void oddRanges_areKeptWithAFlag(String start, String end, Flag flag) {
        Report report = report(withDates(start, end));
        assertThat(report.dateRange().day()).hasToString(start.substring(0, 10));
        if (flag == null) {
            assertThat(report.flags()).isEmpty();
        } else {
            assertThat(report.flags()).containsExactly(flag);
        }
    }

    private static String withDates(String start, String end) {
        return Samples.PLAIN.replace(
                Samples.DATES,
                "\"date-range\":{\"start-datetime\":" + value(start) + ",\"end-datetime\":" + value(end) + "}");
    }

    private static String value(String date) {
        boolean number = date.matches("[0-9.]+(e[0-9]+)?") || date.equals("NaN");
        return number ? date : "\"" + date + "\"";
    }
}
