package dev.sealpost.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import dev.sealpost.store.Notice;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which channels are told of a notice. */
class RoutingTest {
    private final World world = new World();

    private UUID channel(@Nullable String tenant, Severity severity, String... domains) {
        return world.channel(
                "webhook",
                tenant,
                severity.rank(),
                List.of(domains),
                world.settings(null, null, true),
                "https://example.org/");
    }

    private List<String> toldTo(UUID channel) {
        return world.database.rows("SELECT n.id FROM delivery d JOIN notice n ON n.seq = d.notice WHERE d.channel = '"
                + channel + "' ORDER BY n.seq");
    }

    private static Notice about(String name, String... domains) {
        return Notices.of(name, "opened", "high", "open", null, List.of(domains));
    }

    @Test
    void theLeastSeverityCounts() {
        UUID all = channel(null, Severity.LOW);
        UUID high = channel(null, Severity.HIGH);
        for (String severity : Severity.labels()) {
            world.put(Notices.opened(severity, severity));
        }
        world.route();
        assertThat(toldTo(all)).containsExactly("critical/opened", "high/opened", "medium/opened", "low/opened");
        assertThat(toldTo(high)).containsExactly("critical/opened", "high/opened");
    }

    @Test
    void whoWasToldTheBeginningIsToldTheEnd() {
        UUID high = channel(null, Severity.HIGH);
        world.put(Notices.opened("a", "high"), Notices.opened("b", "low"));
        world.route();
        world.put(Notices.resolved("a", "low"), Notices.resolved("b", "low"));
        // And one that begins and ends before anybody looks.
        world.put(Notices.opened("c", "critical"), Notices.resolved("c", "low"));
        world.route();
        assertThat(toldTo(high)).containsExactly("a/opened", "a/resolved", "c/opened", "c/resolved");
    }

    @Test
    void domainsAreExactOrAllBelow() {
        UUID exact = channel(null, Severity.LOW, "example.org");
        UUID below = channel(null, Severity.LOW, "*.example.org", "other.example");
        world.put(about("a", "example.org"), about("b", "mail.example.org"), about("c", "notexample.org"));
        world.put(about("d", "x.example", "other.example"), about("none"));
        world.put(about(
                "many",
                IntStream.range(0, 100).mapToObj(i -> "d" + i + ".example").toArray(String[]::new)));
        world.route();
        assertThat(toldTo(exact)).containsExactly("a/opened", "many/opened");
        assertThat(toldTo(below)).containsExactly("b/opened", "d/opened", "many/opened");
    }

    @Test
    void eachTenantIsToldItsOwnAndTheOperatorHis() {
        UUID operator = channel(null, Severity.LOW);
        UUID one = channel("one", Severity.LOW);
        UUID two = channel("two", Severity.LOW);
        world.put(
                Notices.of("a", "opened", "high", "open", null, List.of()),
                Notices.of("a", "opened", "high", "open", "one", List.of()));
        world.route();
        assertThat(toldTo(operator)).containsExactly("a/opened");
        assertThat(toldTo(one)).containsExactly("a/opened/one");
        assertThat(toldTo(two)).isEmpty();
    }

    @Test
    void whatATenantWasToldOfAnAlertDecidesForItsOwnChannelsAlone() {
        UUID two = channel("two", Severity.LOW, "two.example");
        // In one batch: the beginning names a domain of "two" to the tenant "one" only.
        world.put(
                Notices.of("a", "opened", "high", "open", "one", List.of("two.example")),
                Notices.of("a", "updated", "high", "open", "two", List.of("other.example")));
        world.route();
        assertThat(toldTo(two)).isEmpty();
        world.put(Notices.of("b", "opened", "high", "open", "two", List.of("two.example")));
        world.put(Notices.of("b", "updated", "high", "open", "two", List.of("other.example")));
        world.route();
        assertThat(toldTo(two)).containsExactly("b/opened/two", "b/updated/two");
    }

    @Test
    void aChannelThatIsOffOrComesLaterIsNotTold() {
        UUID off = channel(null, Severity.LOW);
        world.database.run("UPDATE channel SET enabled = false");
        world.put(Notices.opened("a", "high"));
        world.route();
        UUID later = channel(null, Severity.LOW);
        world.route();
        assertThat(toldTo(off)).isEmpty();
        assertThat(toldTo(later)).isEmpty();
    }

    @Test
    void oldNoticesGoButNotTheLastWordOfAnOpenAlert() {
        world.webhook("https://example.org/");
        world.put(Notices.opened("open", "high"), Notices.opened("over", "high"), Notices.resolved("over", "high"));
        world.route();
        while (world.database.messages().expire(Notices.AT.plusSeconds(1), 1_000) > 0) {
            // Until nothing is old any more.
            if (world.database.rows("SELECT id FROM notice").size() == 1) {
                break;
            }
        }
        world.clock.forward(java.time.Duration.ofDays(31));
        while (world.database.messages().expire(world.clock.instant().minusSeconds(86_400 * 30), 1_000) > 0) {
            // Until nothing is old any more.
        }
        assertThat(world.database.rows("SELECT id FROM notice")).containsExactly("open/opened");
    }
}
