package dev.sealpost.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

import dev.sealpost.origin.Channel;
import dev.sealpost.origin.Origin;
import dev.sealpost.origin.Provenance;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The bounds of the quarantine, and who pays for them. */
class QuarantineQuotaTest {
    private static final Instant DAY = Instant.parse("2026-11-01T00:00:00Z");
    private static final int MAX_BYTES = 10_000;
    private static final int MAX_ENTRIES = 200;
    private static final String TOTALS = "SELECT prefix, reports, bytes FROM quarantine_total ORDER BY 1";
    private static final String RECOMPUTED = """
            SELECT coalesce(prefix, ''), count(*), sum(octet_length(bytes)) FROM quarantine
            GROUP BY ROLLUP (prefix) ORDER BY 1""";

    private final TestDatabase database = TestDatabase.get();
    private final ReportStore store = new ReportStore(
            database.pool(),
            new HostOwners(),
            new ReportRows(new PolicyRows()),
            database.counting(),
            new QuarantineRows(new QuarantineQuota(MAX_BYTES, MAX_ENTRIES)));
    private int number;

    @BeforeEach
    void empty() {
        database.clear();
    }

    @Test
    void whoSendsLittleKeepsItHoweverMuchOthersSend() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        Set<String> few = new HashSet<>();
        long inserted = 0;
        long dropped = 0;
        for (int round = 0; round < 60; round++) {
            List<SetAside> batch = new ArrayList<>();
            for (int i = random.nextInt(40); i > 0; i--) {
                String flooding = "203.0." + random.nextInt(20) + "." + random.nextInt(256);
                batch.add(junk(Channel.HTTPS, flooding, 20 + random.nextInt(80)));
            }
            if (round % 4 == 0) {
                SetAside one = junk(Channel.HTTPS, "192.0." + round / 4 % 5 + ".7", 8 + random.nextInt(92));
                batch.add(random.nextInt(batch.size() + 1), one);
                few.add(QuarantineRows.id(one.reason(), one.bytes()).toString());
            }
            Dropped gone = store.store(List.of(), batch).dropped();
            inserted += batch.size();
            dropped += gone.source() + gone.total();
            assertThat(database.rows(TOTALS)).isEqualTo(database.rows(RECOMPUTED));
            assertThat(database.rows("SELECT prefix FROM quarantine_total WHERE reports > CASE prefix WHEN '' THEN "
                            + MAX_ENTRIES + " ELSE " + MAX_ENTRIES / 8 + " END OR bytes > CASE prefix WHEN '' THEN "
                            + MAX_BYTES + " ELSE " + MAX_BYTES / 8 + " END"))
                    .isEmpty();
        }
        assertThat(database.rows("SELECT id FROM quarantine WHERE prefix LIKE '192%'"))
                .containsExactlyInAnyOrderElementsOf(few);
        assertThat(database.rows("SELECT count(*) FROM quarantine"))
                .containsExactly(String.valueOf(inserted - dropped));
        assertThat(dropped).isPositive();
    }

    @Test
    void oneSourceHoldsAnEighthAndItsOldestGo() {
        List<SetAside> batch = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            batch.add(junk(Channel.HTTPS, i % 2 == 0 ? "2001:db8:1::1" : "2001:db8:1:ffff::2", 10));
        }
        Dropped dropped = store.store(List.of(), batch).dropped();
        assertThat(dropped).isEqualTo(new Dropped(30 - MAX_ENTRIES / 8, 0));
        assertThat(database.rows(
                        "SELECT min(received_at) = '" + batch.get(5).origin().received() + "' FROM quarantine"))
                .containsExactly("t");
        assertThat(database.rows(TOTALS)).containsExactly("|25|250", "2001:db8:1:0:0:0:0:0/48|25|250");
    }

    @Test
    void mailboxesAndUploadersAreChargedByName() {
        store.store(List.of(), List.of(junk(Channel.UPLOAD, "alice", 15), junk(Channel.MAILBOX, "inbox", 17)));
        assertThat(database.rows(TOTALS)).containsExactly("|2|32", "mailbox:inbox|1|17", "upload:alice|1|15");
    }

    @Test
    void anEntryOverTheShareOfItsSourceIsNotKept() {
        Dropped dropped = store.store(List.of(), List.of(junk(Channel.HTTPS, "192.0.2.1", MAX_BYTES / 8 + 1)))
                .dropped();
        assertThat(dropped).isEqualTo(new Dropped(1, 0));
        assertThat(database.rows(TOTALS)).containsExactly("|0|0");
    }

    @Test
    void evictionReadsAnIndexAndNotTheQuarantine() {
        database.run("""
                INSERT INTO quarantine (id, reason, detail, receipt, received_at, channel, source, bytes, prefix)
                SELECT gen_random_uuid(), 'empty', '', gen_random_uuid(), now() - n * interval '1 s', 'https', 'x',
                    decode(repeat('00', 500), 'hex'), 'p' || n % 5000
                FROM generate_series(1, 100000) n""");
        ReportStore full = new ReportStore(
                database.pool(),
                new HostOwners(),
                new ReportRows(new PolicyRows()),
                database.counting(),
                new QuarantineRows(new QuarantineQuota(1L << 30, 100_000)));
        List<SetAside> batch = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            batch.add(junk(Channel.HTTPS, "192.0." + i + ".1", 500));
        }
        database.run("ANALYZE quarantine");
        assertThat(database.rows("EXPLAIN SELECT id, received_at, size FROM quarantine WHERE prefix = 'p1'"
                        + " ORDER BY received_at, id LIMIT 500"))
                .anyMatch(line -> line.contains("quarantine_oldest"))
                .noneMatch(line -> line.contains("Seq Scan"));
        long begin = System.nanoTime();
        Dropped dropped = full.store(List.of(), batch).dropped();
        System.out.println(
                "100 entries into a full quarantine of 100,000: " + (System.nanoTime() - begin) / 1_000_000 + " ms");
        assertThat(dropped).isEqualTo(new Dropped(0, 100));
    }

    private SetAside junk(Channel channel, String source, int bytes) {
        number++;
        // No two are equal: an equal one would be a repeat.
        byte[] content = "%08d".formatted(number).getBytes(StandardCharsets.US_ASCII);
        Origin origin =
                new Origin(new UUID(1, number), DAY.plusSeconds(number), channel, source, Provenance.UNVERIFIED, null);
        return new SetAside("not-a-report", "junk", origin, Arrays.copyOf(content, bytes));
    }
}
