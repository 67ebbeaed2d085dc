package dev.sealpost.alert;

import static dev.sealpost.alert.AlertScene.STRIPPED;
import static dev.sealpost.alert.AlertScene.TODAY;
import static dev.sealpost.alert.AlertScene.YESTERDAY;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import dev.sealpost.store.AlertQuestion;
import dev.sealpost.store.AlertRow;
import dev.sealpost.store.Reader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One incident at a reporter concerns two tenants: each is told of its own domains, and sees no others. */
class TenantAlertsTest {
    private static final List<String> MINE = List.of("mine1.example", "mine2.example");
    private static final List<String> THEIRS = List.of("canary1.example", "canary2.example");
    private static final AlertQuestion.Wanted ALL =
            new AlertQuestion.Wanted(Set.of(), Set.of(), Set.of(), Set.of(), Optional.empty(), Optional.empty());

    @TempDir
    private Path directory;

    private AlertScene scene;

    @BeforeEach
    void oneIncidentOfTwoTenants() {
        scene = new AlertScene(directory);
        MINE.forEach(domain -> watch(domain, "mine"));
        THEIRS.forEach(domain -> watch(domain, "theirs"));
        List<String> reporters = List.of("Big", "Small", "Other");
        scene.quiet(MINE, reporters, TODAY.minusDays(40), YESTERDAY.minusDays(1));
        scene.quiet(THEIRS, reporters, TODAY.minusDays(40), YESTERDAY.minusDays(1));
        for (List<String> domains : List.of(MINE, THEIRS)) {
            scene.quiet(domains, List.of("Small", "Other"), YESTERDAY, YESTERDAY);
            domains.forEach(domain -> scene.fails(domain, "Big", YESTERDAY, 400, STRIPPED));
        }
        scene.judge();
    }

    private void watch(String domain, String tenant) {
        scene.database.watched().put(domain, Optional.of(tenant), Optional.of(List.of()), false, Instant.EPOCH);
    }

    private AlertQuestion as(String tenant, String... only) {
        return scene.parts.question(new Reader.Bounds(tenant, Set.of(), false, Set.of(only), "somebody"));
    }

    private static AlertRow only(AlertQuestion question) {
        List<AlertRow> rows = question.list(ALL, Optional.empty(), 10);
        assertThat(rows).hasSize(1);
        return rows.getFirst();
    }

    @Test
    void eachTenantIsToldOfItsOwnDomainsAndTheOperatorOfAll() {
        assertThat(scene.alerts()).containsExactly("egress|critical|open|Big");
        assertThat(scene.notices())
                .containsExactlyInAnyOrder("opened|*|critical", "opened|mine|critical", "opened|theirs|critical");
        assertThat(scene.database.rows("SELECT domains::text FROM notice ORDER BY coalesce(tenant, '')"))
                .containsExactly(
                        "{canary1.example,canary2.example,mine1.example,mine2.example}",
                        "{mine1.example,mine2.example}",
                        "{canary1.example,canary2.example}");
        assertThat(scene.database.rows("SELECT id || subject || body || json::text FROM notice WHERE tenant = 'mine'"))
                .hasSize(1)
                .allSatisfy(told -> assertThat(told).contains("mine1.example").doesNotContain("canary"));
        assertThat(scene.database
                        .rows("SELECT string_agg(detail, ' ') FROM alert_event")
                        .getFirst())
                .doesNotContain("example");
    }

    @Test
    void aBoundCallerSeesItsSeriesAlone() {
        AlertQuestion mine = as("mine");
        AlertRow alert = only(mine);
        AlertQuestion.Contents contents = mine.contents(List.of(alert.id()), 100);

        assertThat(contents.domains()).isEqualTo(Map.of(alert.id(), 2L));
        Set<String> seen = mine.seen(scene.views().compared(contents.series()));
        assertThat(seen).isSubsetOf(MINE);
        Story story = scene.views().story(alert, contents.series(), 2, seen::contains);
        assertThat(scene.views().text(scene.views().item(story, false)))
                .contains("mine1.example")
                .doesNotContain("canary");
        assertThat(mine.events(alert.id())).isNotEmpty();
    }

    @Test
    void filtersCannotWidenWhatACallerSees() {
        AlertQuestion.Wanted foreign = new AlertQuestion.Wanted(
                Set.of(), Set.of(), Set.of(), Set.of("canary1.example"), Optional.empty(), Optional.empty());

        assertThat(as("mine").list(foreign, Optional.empty(), 10)).isEmpty();
        assertThat(as("mine").open(Set.of("canary1.example"))).isEmpty();
        assertThat(as("mine").open(Set.of())).isEqualTo(Map.of("critical", 1L));
        assertThat(as("mine", "mine1.example")
                        .contents(List.of(only(as("mine")).id()), 100)
                        .domains()
                        .values())
                .containsExactly(1L);
    }

    @Test
    void whoHasNothingToDoWithItSeesNothing() {
        UUID alert = only(as("mine")).id();

        assertThat(as("nobody").list(ALL, Optional.empty(), 10)).isEmpty();
        assertThat(as("nobody").find(alert)).isEmpty();
        assertThat(as("nobody").events(alert)).isEmpty();
        assertThat(as("nobody").open(Set.of())).isEmpty();
    }

    @Test
    void whoDoesNotOwnTheDomainsAnyMoreIsToldTheEndOfWhatItKnew() {
        MINE.forEach(domain -> watch(domain, "theirs"));
        Evaluation later = scene.process(Duration.ofDays(8));
        later.run();
        later.release();

        assertThat(scene.notices())
                .endsWith("resolved|*|critical", "resolved|theirs|critical", "resolved|mine|critical")
                .hasSize(6);
        assertThat(scene.database.rows("SELECT state, json ->> 'state', json ->> 'resolved' IS NOT NULL, domains::text"
                        + " FROM notice WHERE tenant = 'mine' AND kind = 'resolved'"))
                .containsExactly("resolved|resolved|t|{mine1.example,mine2.example}");
        assertThat(scene.database.rows("SELECT subject || body || json::text FROM notice WHERE tenant = 'mine'"))
                .allSatisfy(told -> assertThat(told).doesNotContain("canary"));
    }
}
