package dev.sealpost.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
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
            new ReportRows(),
            new PolicyRows(),
            new DailyCells(),
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
                SetAside one = junk(Channel.HTTPS, "192.0." + round / 4 % 5 + ".7", 1 + random.nextInt(100));
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
        store.store(List.of(), List.of(junk(Channel.UPLOAD, "alice", 5), junk(Channel.MAILBOX, "inbox", 7)));
        assertThat(database.rows(TOTALS)).containsExactly("|2|12", "mailbox:inbox|1|7", "upload:alice|1|5");
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
                new ReportRows(),
                new PolicyRows(),
                new DailyCells(),
                new QuarantineRows(new QuarantineQuota(1L << 30, 100_000)));
        List<SetAside> batch = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            batch.add(junk(Channel.HTTPS, "192.0." + i + ".1", 500));
        }
        database.run("ANALYZE quarantine");
        String read =
                "SELECT sum(heap_blks_read + heap_blks_hit) FROM pg_statio_all_tables WHERE relname = 'quarantine'";
        String scans = "SELECT seq_scan FROM pg_stat_all_tables WHERE relname = 'quarantine'";
        database.run("SELECT pg_stat_force_next_flush()");
        List<String> before = database.rows(scans);
        long begin = System.nanoTime();
        Dropped dropped = full.store(List.of(), batch).dropped();
        System.out.println("100 entries into a full quarantine of 100,000: " + (System.nanoTime() - begin) / 1_000_000
                + " ms, blocks " + database.rows(read));
        assertThat(dropped).isEqualTo(new Dropped(0, 100));
        assertThat(database.rows(scans)).isEqualTo(before);
    }

    private SetAside junk(Channel channel, String source, int bytes) {
        number++;
        byte[] content = String.valueOf(number).repeat(bytes).getBytes(StandardCharsets.US_ASCII);
        Origin origin =
                new Origin(new UUID(1, number), DAY.plusSeconds(number), channel, source, Provenance.UNVERIFIED, null);
        return new SetAside("not-a-report", "junk", origin, java.util.Arrays.copyOf(content, bytes));
    }
}
