package dev.sealpost.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;

/** Parts of what the chart renders, for tests of other packages. */
public final class Rendered {
    private static final Pattern METRIC = Pattern.compile("\\bsealpost_[a-z_]+");

    private Rendered() {}

    /** The variables of every container, of a standalone release and of one with everything. */
    public static List<Map<String, String>> environments() {
        return Stream.of("", ValueSets.DISTRIBUTED, ValueSets.EVERYTHING)
                .flatMap(values -> Chart.render(values).stream())
                .filter(Promises::isWorkload)
                .map(Promises::pod)
                .map(Promises::environment)
                .toList();
    }

    /** Names of own metrics that alarms and dashboards ask for, and where. */
    public static Map<String, List<String>> metrics() {
        Map<String, List<String>> asked = new TreeMap<>();
        for (JsonNode manifest : Chart.render(ValueSets.EVERYTHING)) {
            if (Set.of("PrometheusRule", "ConfigMap")
                    .contains(manifest.path("kind").asText())) {
                METRIC.matcher(manifest.toString())
                        .results()
                        .map(MatchResult::group)
                        .forEach(name -> asked.computeIfAbsent(name, first -> new ArrayList<>())
                                .add(manifest.at("/metadata/name").asText()));
            }
        }
        return asked;
    }
}
