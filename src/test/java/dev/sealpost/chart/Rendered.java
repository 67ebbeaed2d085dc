package dev.sealpost.chart;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Parts of what the chart renders, for tests of other packages. */
public final class Rendered {
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
}
