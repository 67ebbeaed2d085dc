package dev.sealpost.alert;

import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import jakarta.inject.Singleton;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealpost.store.AlertRow;
import dev.sealpost.store.AlertSeries;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Shows alerts to somebody, out of the series that he sees. */
@Singleton
class AlertViews {
    /** Series and domains that are named of one alert. */
    static final int NAMED = 100;

    private static final int COMPLETE_AFTER_DAYS = 2;

    private static final Logger LOG = Logger.getLogger(AlertViews.class);

    private final ObjectMapper json;
    private final Clock clock;
    private final Counter untold;

    AlertViews(ObjectMapper json, Clock clock, MeterRegistry metrics) {
        this.json = json;
        this.clock = clock;
        this.untold = metrics.counter("sealpost.alerts.untold");
    }

    /**
     * What somebody sees.
     *
     * @param series those he sees, the most telling first, at most {@link #NAMED}
     * @param domains how many he sees
     * @param seen whether he sees a domain that another one is compared with
     */
    Story story(AlertRow alert, List<AlertSeries> series, long domains, Predicate<String> seen) {
        List<Story.Part> parts = series.stream()
                .map(each -> new Story.Part(each, proof(each).seenBy(seen)))
                .toList();
        LocalDate today = Days.today(clock);
        return new Story(alert, parts, domains, alert.lastDay().isAfter(today.minusDays(COMPLETE_AFTER_DAYS + 1L)));
    }

    /** The other domains that the proofs of some series name. */
    List<String> compared(List<AlertSeries> series) {
        return series.stream()
                .map(each -> proof(each).domains())
                .filter(domains -> domains != null)
                .flatMap(domains -> domains.named().stream())
                .map(Proof.Named::name)
                .distinct()
                .toList();
    }

    private Proof proof(AlertSeries series) {
        try {
            return json.readValue(series.evidence(), Proof.class).within(series.firstDay(), series.lastDay());
        } catch (JsonProcessingException e) {
            untold.increment();
            LOG.errorf("the evidence of the alert %s cannot be read: %s", series.alert(), e.getOriginalMessage());
            return Proof.unknown(series.firstDay(), series.lastDay(), series.verified());
        }
    }

    /** One alert that cannot be put into words keeps none of the others from being told. */
    private String words(Story story, Function<Story, String> words) {
        try {
            return words.apply(story);
        } catch (RuntimeException e) {
            untold.increment();
            LOG.errorf(
                    e,
                    "the alert %s cannot be put into words, and is told without",
                    story.alert().id());
            return Explanation.plain(story);
        }
    }

    /** As the API shows it. */
    AlertItem item(Story story, boolean silenced) {
        AlertRow alert = story.alert();
        List<String> domains = story.named();
        List<String> reporters = story.reporters();
        return new AlertItem(
                alert.id(),
                alert.kind(),
                alert.severity(),
                alert.state(),
                silenced,
                domains.size() == 1 ? domains.getFirst() : null,
                domains,
                story.domains(),
                reporters.size() == 1 ? reporters.getFirst() : null,
                reporters,
                orNull(story.parts().getFirst().series().resultType()),
                orNull(alert.family()),
                alert.openedDay(),
                alert.lastDay(),
                alert.opened(),
                alert.updated(),
                alert.resolved(),
                story.contested(),
                story.provisional(),
                alert.rule(),
                words(story, Explanation::subject),
                words(story, Explanation::text),
                new AlertItem.Evidence(
                        story.parts().stream().map(AlertViews::series).toList()));
    }

    private static AlertItem.SeriesItem series(Story.Part part) {
        AlertSeries series = part.series();
        return new AlertItem.SeriesItem(
                series.domain(),
                orNull(series.organizationName()),
                orNull(series.resultType()),
                series.firstDay(),
                series.lastDay(),
                series.kind(),
                series.severity(),
                series.live(),
                part.proof());
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    /** What channels passed on of an alert before it ended, in the state it is in now. */
    String ended(String before, AlertRow alert) {
        try {
            JsonNode item = json.readTree(before);
            if (item instanceof ObjectNode members) {
                members.put("state", alert.state());
                members.set("updated", json.valueToTree(alert.updated()));
                members.set("resolved", json.valueToTree(alert.resolved()));
            }
            return json.writeValueAsString(item);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As channels pass it on. */
    String text(AlertItem item) {
        try {
            return json.writeValueAsString(item);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
