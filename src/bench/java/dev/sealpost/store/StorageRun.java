package dev.sealpost.store;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

import dev.sealpost.acceptance.GeneratedReports;
import dev.sealpost.origin.Channel;
import dev.sealpost.origin.Origin;
import dev.sealpost.origin.Provenance;
import dev.sealpost.report.Limits;
import dev.sealpost.report.Policy;
import dev.sealpost.report.Readable;
import dev.sealpost.report.ReportReader;

/**
 * Generated reports in the tables: bytes of each, how often rows are changed in place, what dictionaries would save, and
 * what is left when the reports are gone. See docs/storage.md.
 */
final class StorageRun {
    private static final LocalDate FIRST = LocalDate.parse("2026-10-02");
    private static final int DAYS = 30;
    private static final int DOMAINS = 5_000;
    private static final int BATCH = 1_000;
    private static final String BYTES = "sum(pg_relation_size(c.oid)), sum(pg_indexes_size(c.oid)),"
            + " sum(pg_total_relation_size(c.oid) - pg_relation_size(c.oid) - pg_indexes_size(c.oid))";

    private final TestDatabase database = TestDatabase.get();
    private final int count;

    private StorageRun(int count) {
        this.count = count;
    }

    /** Runs with a number of reports, and optionally the fillfactor of tables that are changed in place. */
    public static void main(String[] arguments) {
        StorageRun run = new StorageRun(Integer.parseInt(arguments.length > 0 ? arguments[0] : "100000"));
        run.fill(arguments.length > 1 ? arguments[1] : "");
        run.tables();
        if (arguments.length < 2) {
            run.dictionaries();
            run.seal();
        }
    }

    private void fill(String fillfactor) {
        database.months().make(FIRST, FIRST, FIRST.plusDays(DAYS));
        if (!fillfactor.isEmpty()) {
            for (String table : MonthlyTables.CELLS.names()) {
                for (String month : List.of("2026_10", "2026_11")) {
                    database.run("ALTER TABLE " + table + "_" + month + " SET (fillfactor = " + fillfactor + ")");
                }
            }
        }
        GeneratedReports reports = new GeneratedReports(1, DOMAINS, FIRST, DAYS);
        ReportReader reader = new ReportReader(Limits.DEFAULT);
        ReportStore store = database.store();
        long bytes = 0;
        long begin = System.nanoTime();
        for (int made = 0; made < count; ) {
            List<Arrival> batch = new ArrayList<>();
            for (; batch.size() < BATCH && made < count; made++) {
                byte[] json = reports.next().json();
                bytes += json.length;
                batch.add(arrival((Readable) reader.read(json), json));
            }
            store.store(batch, List.of());
        }
        say("%d reports of %d bytes in %.0f s", count, bytes / count, (System.nanoTime() - begin) / 1e9);
        database.run("SELECT pg_stat_force_next_flush()");
        say(
                "table, inserted, updated, of these in place (HOT), deleted: %s",
                database.rows("SELECT regexp_replace(relname, '_\\d{4}_\\d\\d', ''), sum(n_tup_ins), sum(n_tup_upd),"
                        + " sum(n_tup_hot_upd), sum(n_tup_del) FROM pg_stat_user_tables WHERE n_tup_ins > 0"
                        + " GROUP BY 1 ORDER BY 1"));
        database.run("VACUUM ANALYZE");
    }

    private static Arrival arrival(Readable readable, byte[] json) {
        Instant door =
                readable.report().dateRange().day().plusDays(1).atTime(6, 0).toInstant(ZoneOffset.UTC);
        return new Arrival(
                readable.report(),
                new Origin(UUID.randomUUID(), door, Channel.HTTPS, "192.0.2.1", Provenance.UNVERIFIED, null),
                json,
                readable.report().policies().stream()
                        .map(Policy::policyDomain)
                        .map(domain -> domain == null ? "" : domain.value())
                        .toList());
    }

    private void tables() {
        say("table: rows; bytes of the table, its indexes, its large values; in all a row; in all a report");
        for (MonthlyTables family : MonthlyTables.values()) {
            for (String table : family.names()) {
                print(
                        table,
                        number("SELECT count(*) FROM " + table),
                        database.rows("SELECT " + BYTES + " FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid"
                                        + " WHERE i.inhparent = '" + table + "'::regclass")
                                .getFirst());
            }
        }
    }

    private void print(String table, long rows, String sizes) {
        long all = 0;
        for (String size : sizes.split("\\|")) {
            all += Long.parseLong(size);
        }
        say("%s: %d; %s; %.0f; %.0f", table, rows, sizes, (double) all / Math.max(1, rows), (double) all / count);
    }

    /** The same rows with int4 instead of names that dictionaries would hold. */
    private void dictionaries() {
        database.run("CREATE TABLE dictionary AS SELECT DISTINCT organization AS name FROM policy UNION"
                + " SELECT DISTINCT receiving_mx_hostname FROM daily_failures");
        database.run("ALTER TABLE dictionary ADD id integer GENERATED ALWAYS AS IDENTITY, ADD PRIMARY KEY (name)");
        database.run("ANALYZE dictionary");
        for (String table : List.of("policy", "daily_sessions", "daily_failures")) {
            String key = database.rows("SELECT string_agg(a.attname, ', ' ORDER BY k.n) FROM pg_index i"
                            + " CROSS JOIN LATERAL unnest(i.indkey) WITH ORDINALITY k(attnum, n)"
                            + " JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum"
                            + " WHERE i.indisprimary AND i.indrelid = '" + table + "'::regclass")
                    .getFirst();
            for (boolean numbers : List.of(false, true)) {
                String copy = table + (numbers ? "_numbers" : "_text");
                database.run(
                        "CREATE TABLE " + copy + " AS SELECT " + columns(table, numbers) + " FROM " + table + " t");
                database.run("ALTER TABLE " + copy + " ADD PRIMARY KEY (" + key + ")");
                size(copy);
                database.run("DROP TABLE " + copy);
            }
        }
        size("dictionary");
        database.run("DROP TABLE dictionary");
    }

    private void size(String table) {
        String sizes = database.rows("SELECT " + BYTES + " FROM pg_class c WHERE oid = '" + table + "'::regclass")
                .getFirst();
        print(table, number("SELECT count(*) FROM " + table), sizes);
    }

    private String columns(String table, boolean numbers) {
        List<String> names = List.of("organization", "receiving_mx_hostname");
        return database
                .rows("SELECT attname FROM pg_attribute WHERE attrelid = '" + table
                        + "'::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum")
                .stream()
                .filter(column -> !numbers || !column.equals("organization_name"))
                .map(column -> numbers && names.contains(column)
                        ? "(SELECT id FROM dictionary WHERE name = t." + column + ") AS " + column
                        : column)
                .reduce((one, other) -> one + ", " + other)
                .orElseThrow();
    }

    private void seal() {
        long begin = System.nanoTime();
        long sealed = database.reportRetention().expire(Instant.parse("2027-01-15T00:00:00Z"), BATCH);
        double seconds = (System.nanoTime() - begin) / 1e9;
        say("%d reports sealed in %.0f s: %.0f/s", sealed, seconds, sealed / seconds);
        database.run("VACUUM ANALYZE");
        tables();
    }

    private long number(String sql) {
        return Long.parseLong(database.rows(sql).getFirst());
    }

    private static void say(String text, Object... values) {
        System.out.println(String.format(Locale.ROOT, text, values));
    }
}
