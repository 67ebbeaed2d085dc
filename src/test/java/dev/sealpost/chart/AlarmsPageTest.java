package dev.sealpost.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** Whoever is woken by an alarm finds a paragraph of its name: what it means, and what to do. */
class AlarmsPageTest {
    private static final Pattern PARAGRAPH = Pattern.compile("### (\\w+)\n\n([^#]+)");
    private static final int SHORTEST = 150;

    @Test
    void eachAlarmOfTheChartHasItsParagraphAndNoParagraphIsLeftOver() throws IOException {
        String page = Files.readString(Path.of("docs", "operate.md"));
        int begin = page.indexOf("## What each alarm means");
        String section = page.substring(begin, page.indexOf("\n## ", begin));
        List<MatchResult> paragraphs = PARAGRAPH.matcher(section).results().toList();

        assertThat(paragraphs.stream().map(paragraph -> paragraph.group(1)).toList())
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(alarms().toList());
        assertThat(paragraphs)
                .allSatisfy(paragraph -> assertThat(paragraph.group(2).strip())
                        .as(paragraph.group(1))
                        .hasSizeGreaterThan(SHORTEST));
    }

    private static Stream<String> alarms() {
        return Chart.render(ValueSets.EVERYTHING).stream()
                .filter(manifest -> manifest.path("kind").asText().equals("PrometheusRule"))
                .flatMap(rule -> rule.findValues("alert").stream())
                .map(JsonNode::asText);
    }
}
