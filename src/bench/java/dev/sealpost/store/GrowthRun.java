package dev.sealpost.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Ten million cells: what a question about one domain costs the database, and how long a month's partitions take to go. See
 * docs/storage.md.
 */
final class GrowthRun {
    private static final LocalDate FIRST = LocalDate.parse("2026-09-01");
    private static final int DAYS = 90;

    /** One of so many domains has its reports stored too, not only its cells. */
    private static final int WITH_REPORTS = 10;

    private static final int QUESTIONS = 100;
    private final TestDatabase database = TestDatabase.get();
    private final int domains;

    private GrowthRun(long cells) {
        this.domains = (int) (cells / DAYS / ManyCells.REPORTERS);
    }

    /** Runs with the number of cells of daily_sessions given. */
    public static void main(String[] arguments) throws SQLException {
        GrowthRun run = new GrowthRun(Long.parseLong(arguments.length > 0 ? arguments[0] : "10000000"));
        run.fill();
        run.ask();
        run.askOfAll();
        run.drop();
    }

    private void fill() throws SQLException {
        long begin = System.nanoTime();
        database.months().make(FIRST, FIRST, FIRST.plusDays(DAYS - 1));
        for (int day = 0; day < DAYS; day++) {
            for (String sql : ManyCells.day(FIRST.plusDays(day), domains, WITH_REPORTS)) {
                database.run(sql);
            }
        }
        try (Connection connection = database.pool().getConnection()) {
            connection.setAutoCommit(true);
            Partitions.run(connection, "VACUUM (ANALYZE)");
            connection.setAutoCommit(false);
        }
        say("filled in %.0f s", seconds(begin));
        for (String table :
                List.of("daily_domain", "daily_sessions", "daily_failures", "report", "policy", "report_raw")) {
            say(
                    "%s: rows, table, indexes: %s",
                    table,
                    database.rows("SELECT sum(c.reltuples)::bigint, pg_size_pretty(sum(pg_table_size(c.oid))),"
                            + " pg_size_pretty(sum(pg_indexes_size(c.oid))) FROM pg_inherits i JOIN pg_class c"
                            + " ON c.oid = i.inhrelid WHERE i.inhparent = '" + table + "'::regclass"));
        }
    }

    private void ask() throws SQLException {
        LocalDate last = FIRST.plusDays(DAYS - 1);
        List<String> names = List.of(
                "/sessions", "/failures", "/failures?groupBy=day&groupBy=resultType", "/failures?groupBy=receivingIp");
        List<List<Double>> times =
                names.stream().<List<Double>>map(name -> new ArrayList<>()).toList();
        Random random = new Random(1);
        for (int i = 1; i <= QUESTIONS; i++) {
            String domain = "d" + WITH_REPORTS * (1 + random.nextInt(domains / WITH_REPORTS)) + ".example";
            Filter filter = Questions.november().domains(domain).between(last.minusDays(29), last);
            List<Sql> questions = List.of(
                    SessionQuestion.grouped(filter, List.of(SessionKey.DAY)).rows(Optional.empty(), 100),
                    FailureQuestion.grouped(filter, List.of(FailureKey.RESULT_TYPE))
                            .rows(Optional.empty(), 100),
                    FailureQuestion.grouped(filter, List.of(FailureKey.DAY, FailureKey.RESULT_TYPE))
                            .rows(Optional.empty(), 100),
                    FailureQuestion.grouped(filter, List.of(FailureKey.RECEIVING_IP))
                            .rows(Optional.empty(), 100));
            for (int q = 0; q < questions.size(); q++) {
                // The second time: the first brings the pages from the disk, which is of the machine.
                explain(questions.get(q));
                List<String> plan = explain(questions.get(q));
                times.get(q).add(time(plan, "Execution Time") + time(plan, "Planning Time"));
                if (i == QUESTIONS) {
                    say("%s\n%s", names.get(q), String.join("\n", plan));
                }
            }
        }
        for (int q = 0; q < names.size(); q++) {
            List<Double> sorted = times.get(q).stream().sorted().toList();
            say(
                    "%s of one domain and 30 days, planned and executed, %d domains: median %.2f ms, least %.2f, p95 %.2f, most %.2f",
                    names.get(q),
                    sorted.size(),
                    sorted.get(sorted.size() / 2),
                    sorted.getFirst(),
                    sorted.get(sorted.size() * 95 / 100),
                    sorted.getLast());
        }
    }

    /** Questions over all domains and 30 days, and what a tenant of twenty domains asks without naming any. */
    private void askOfAll() throws SQLException {
        database.run(String.join(";", ManyCells.sums()));
        LocalDate last = FIRST.plusDays(DAYS - 1);
        Filter all = Questions.november().between(last.minusDays(29), last);
        Set<String> names = IntStream.rangeClosed(1, 20)
                .mapToObj(i -> "d" + WITH_REPORTS * i + ".example")
                .collect(Collectors.toSet());
        Filter tenant = Questions.november()
                .scope(new DomainScope.Owned("acme", Set.of(), false, Optional.of(names)))
                .between(last.minusDays(29), last);
        List<FailureKey> kinds = List.of(FailureKey.DAY, FailureKey.RESULT_TYPE);
        Map<String, Sql> questions = new LinkedHashMap<>();
        questions.put("/failures by day and result type, sums kept", rows(all, kinds, false));
        questions.put("/failures by day and result type with counts, kept by reporter", rows(all, kinds, true));
        questions.put("/failures by day with counts, kept by reporter", rows(all, List.of(FailureKey.DAY), true));
        questions.put("/failures by reporter, sums kept", rows(all, List.of(FailureKey.ORGANIZATION), false));
        questions.put(
                "/failures by MX host, out of cells", rows(all, List.of(FailureKey.RECEIVING_MX_HOSTNAME), false));
        questions.put("/failures by domain with counts, out of cells", rows(all, List.of(FailureKey.DOMAIN), true));
        questions.put("/failures by receiving address, details", rows(all, List.of(FailureKey.RECEIVING_IP), false));
        questions.put(
                "/sessions by day, kept by reporter",
                SessionQuestion.grouped(all, List.of(SessionKey.DAY)).rows(Optional.empty(), 100));
        questions.put(
                "/sessions by day and reporter, kept",
                SessionQuestion.grouped(all, List.of(SessionKey.DAY, SessionKey.ORGANIZATION))
                        .rows(Optional.empty(), 1_000));
        questions.put(
                "/sessions by domain, out of their days",
                SessionQuestion.grouped(all, List.of(SessionKey.DOMAIN)).rows(Optional.empty(), 100));
        questions.put("/failures of a tenant by result type", rows(tenant, List.of(FailureKey.RESULT_TYPE), true));
        questions.put(
                "/sessions of a tenant by day",
                SessionQuestion.grouped(tenant, List.of(SessionKey.DAY)).rows(Optional.empty(), 100));
        say(
                "rows of daily_failures in these days: %d",
                new Reach(new ReadTransaction(database.pool())).rows("daily_failures", all));
        for (Map.Entry<String, Sql> question : questions.entrySet()) {
            explain(question.getValue());
            List<String> plan = explain(question.getValue());
            say(
                    "%s, all domains or a tenant's, 30 days: %.1f ms\n%s",
                    question.getKey(),
                    time(plan, "Execution Time") + time(plan, "Planning Time"),
                    String.join("\n", plan.subList(0, Math.min(14, plan.size()))));
        }
    }

    private static Sql rows(Filter filter, List<FailureKey> keys, boolean counted) {
        return FailureQuestion.grouped(filter, keys, counted).rows(Optional.empty(), 20);
    }

    private List<String> explain(Sql question) throws SQLException {
        try (Connection connection = database.pool().getConnection()) {
            return ReadTransaction.list(
                    connection,
                    new Sql("EXPLAIN (ANALYZE, BUFFERS, COSTS OFF) ").add(question),
                    row -> row.getString(1));
        }
    }

    private static double time(List<String> plan, String what) {
        return plan.stream()
                .filter(line -> line.startsWith(what))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9.]", "")))
                .sum();
    }

    /** September goes: originals, then what was read of them, then the cells. */
    private void drop() throws SQLException {
        YearMonth month = YearMonth.from(FIRST);
        Instant before =
                month.plusMonths(1).atDay(4).atStartOfDay(ZoneOffset.UTC).toInstant();
        long begin = System.nanoTime();
        database.rawRetention().expire(before, 1_000);
        say("originals of a month dropped in %.0f ms", seconds(begin) * 1_000);
        ReportRetention retention = database.reportRetention();
        List<String> cells = sums();
        database.months().make(MonthlyTables.SEALED, month);
        begin = System.nanoTime();
        long sealed = 0;
        ReportRetention.Place after = ReportRetention.FIRST;
        List<ReportRetention.Place> some = List.of(after);
        while (!some.isEmpty()) {
            after = some.getLast();
            try (Connection connection = database.pool().getConnection()) {
                some = retention.seal(connection, before, after, 1_000);
            }
            sealed += some.size();
        }
        say("%d reports sealed in %.0f s: %.0f/s", sealed, seconds(begin), sealed / seconds(begin));
        begin = System.nanoTime();
        retention.expire(before, 1_000);
        say("what was read of a month, emptied by that, vacuumed and dropped in %.0f ms", seconds(begin) * 1_000);
        say("cells after it: %s", sums().equals(cells) ? "equal" : "DIFFERENT");
        begin = System.nanoTime();
        database.cellRetention().expire(FIRST.plusMonths(1), 1_000);
        say("cells of a month, and what was sealed, dropped in %.0f ms", seconds(begin) * 1_000);
        say("cells left, and their first day: %s", database.rows("SELECT count(*), min(day) FROM daily_sessions"));
    }

    private List<String> sums() {
        return database.rows("SELECT sum(successful), sum(failed), sum(reports), count(*) FROM daily_sessions"
                + " UNION ALL SELECT sum(failed), sum(reports), count(*), 0 FROM daily_failures");
    }

    private static double seconds(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }

    private static void say(String text, Object... values) {
        System.out.println(String.format(Locale.ROOT, text, values));
    }
}
