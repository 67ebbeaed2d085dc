package dev.sealpost.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import dev.sealpost.origin.Channel;
import dev.sealpost.origin.Origin;
import dev.sealpost.origin.Provenance;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the quarantine does with arrivals, repeats and replays. */
class QuarantineReplaysTest {
    private static final Instant DAY = Instant.parse("2026-11-01T00:00:00Z");
    private static final String ROWS = "SELECT reason, repeats FROM quarantine ORDER BY 1";

    private final TestDatabase database = TestDatabase.get();
    private final ReportStore store = database.store();
    private final QuarantineReplays replays =
            new QuarantineReplays(new WriteTransaction(database.pool()), Reader.PROGRAM);
    private final QuarantineRemoval removal = new QuarantineRemoval(
            new WriteTransaction(database.pool()), new ReadTransaction(database.pool()), Reader.PROGRAM);

    @BeforeEach
    void empty() {
        database.clear();
    }

    @Test
    void equalBytesAreOneEntryWithTheBestOriginAndTheLastTime() {
        SetAside first = junk(1, Provenance.UNVERIFIED, "bad-json");
        SetAside second = junk(2, Provenance.UNVERIFIED, "bad-json");
        SetAside best = junk(3, Provenance.DKIM_ALIGNED, "bad-json");
        keep(first, second);
        assertThat(database.rows(ROWS)).containsExactly("bad-json|1");
        assertThat(start(first).kept().origin()).isEqualTo(first.origin());
        keep(best);
        keep(best);
        assertThat(database.rows(ROWS)).containsExactly("bad-json|2");
        assertThat(start(first).kept().origin()).isEqualTo(best.origin());
        assertThat(database.rows("SELECT received_at = '" + best.origin().received() + "' FROM quarantine"))
                .containsExactly("t");
        assertThat(removal.total()).isEqualTo(new QuarantineRemoval.Total(1, 5));
    }

    @Test
    void theSameBatchAgainChangesNothing() {
        SetAside[] batch = {
            junk(1, Provenance.UNVERIFIED, "bad-json"),
            junk(2, Provenance.UNVERIFIED, "bad-json"),
            junk(3, Provenance.UNVERIFIED, "truncated")
        };
        keep(batch);
        List<String> before = database.rows("SELECT * FROM quarantine ORDER BY id");
        keep(batch);
        assertThat(database.rows("SELECT * FROM quarantine ORDER BY id")).isEqualTo(before);
    }

    @Test
    void whatIsAcceptedLeaves() {
        SetAside junk = junk(1, Provenance.UNVERIFIED, "bad-json");
        keep(junk);
        QuarantineReplays.Started replay = start(junk);
        assertThat(replay.kept().bytes()).isEqualTo(junk.bytes());
        replays.accepted(replay);
        assertThat(database.rows(ROWS)).isEmpty();
        assertThat(replays.start(replay.id())).isEmpty();
    }

    @Test
    void whatCameBackBeforeTheReplayEndedStays() {
        SetAside half = junk(1, Provenance.UNVERIFIED, "no-policy-domain");
        keep(half);
        QuarantineReplays.Started replay = start(half);
        keep(half);
        replays.accepted(replay);
        assertThat(database.rows(ROWS)).containsExactly("no-policy-domain|0");
    }

    @Test
    void whatIsRefusedAgainStaysAsItWas() {
        SetAside first = junk(1, Provenance.UNVERIFIED, "bad-json");
        keep(first);
        keep(junk(2, Provenance.UNVERIFIED, "bad-json"));
        QuarantineReplays.Started replay = start(first);
        replays.refused(replay, "bad-json", "in other words");
        keep(new SetAside("bad-json", "in other words", replay.kept().origin(), first.bytes()));
        assertThat(database.rows("SELECT reason, detail, repeats FROM quarantine"))
                .containsExactly("bad-json|in other words|1");
    }

    @Test
    void aNewReasonTakesThePlaceOfTheOldWhicheverComesFirst() {
        SetAside first = junk(1, Provenance.UNVERIFIED, "bad-json");
        SetAside again = junk(1, Provenance.UNVERIFIED, "no-dates");
        for (boolean arrivesFirst : new boolean[] {true, false}) {
            database.clear();
            keep(first);
            QuarantineReplays.Started replay = start(first);
            if (arrivesFirst) {
                keep(again);
            }
            replays.refused(replay, "no-dates", "junk");
            keep(again);
            assertThat(database.rows(ROWS)).containsExactly("no-dates|0");
            assertThat(removal.total()).isEqualTo(new QuarantineRemoval.Total(1, 5));
        }
    }

    @Test
    void entriesAreDeletedByIdReasonAndAge() {
        SetAside junk = junk(1, Provenance.UNVERIFIED, "bad-json");
        keep(junk, junk(2, Provenance.UNVERIFIED, "truncated"), junk(3, Provenance.UNVERIFIED, "empty"));
        assertThat(removal.count("truncated")).isEqualTo(1);
        assertThat(removal.deleteAll("truncated")).isEqualTo(1);
        assertThat(removal.expire(junk.origin().received().plusMillis(1))).isEqualTo(1);
        assertThat(removal.delete(QuarantineRows.id("bad-json", junk.bytes()))).isFalse();
        assertThat(removal.delete(QuarantineRows.id("empty", junk.bytes()))).isTrue();
        assertThat(removal.total()).isEqualTo(new QuarantineRemoval.Total(0, 0));
    }

    private QuarantineReplays.Started start(SetAside junk) {
        return replays.start(QuarantineRows.id(junk.reason(), junk.bytes())).orElseThrow();
    }

    private void keep(SetAside... junk) {
        store.store(List.of(), List.of(junk));
    }

    private static SetAside junk(int number, Provenance provenance, String reason) {
        Origin origin =
                new Origin(new UUID(2, number), DAY.plusSeconds(number), Channel.MAILBOX, "inbox", provenance, "acme");
        return new SetAside(reason, "junk", origin, "bytes".getBytes(StandardCharsets.US_ASCII));
    }
}
