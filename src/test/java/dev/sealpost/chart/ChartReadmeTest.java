package dev.sealpost.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

/** The page of the chart. After a change of values.yaml run it once with -Dsealpost.renew=true. */
class ChartReadmeTest {
    private static final Path README = Path.of("helm", "sealpost", "README.md");
    private static final String BEGIN = "<!-- values: made from values.yaml by ChartReadmeTest -->\n";

    private static List<String> values() throws IOException {
        return new ArrayList<>(Files.readAllLines(Path.of("helm", "sealpost", "values.yaml")));
    }

    @Test
    void theTableIsThatOfTheValues() throws IOException {
        String page = Files.readString(README);
        String made = page.substring(0, page.indexOf(BEGIN) + BEGIN.length()) + ValuesTable.markdown(values());
        if (Boolean.getBoolean("sealpost.renew")) {
            Files.writeString(README, made);
        }
        assertThat(Files.readString(README))
                .as("run ChartReadmeTest with -Dsealpost.renew=true")
                .isEqualTo(made);
    }

    @Test
    void eachValueHasItsComment() throws IOException {
        assertThat(ValuesTable.rows(values()))
                .hasSizeGreaterThan(100)
                .allSatisfy(row -> assertThat(row.comment()).as(row.key()).endsWith("."));
    }
}
