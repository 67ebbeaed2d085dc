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
    private static final int REPORTERS = 20;

    /** One of so many domains has its reports stored too, not only its cells. */
    private static final int WITH_REPORTS = 10;

    private static final int QUESTIONS = 100;
    private static final String UNIT = "'d' || d || '.example', DAY, 'reporter ' || o || ' inc.'";
    private static final String UNITS =
            " FROM generate_series(1, DOMAINS) d CROSS JOIN generate_series(1, " + REPORTERS + ") o";
    private static final String STORED = UNITS + " WHERE d % " + WITH_REPORTS + " = 0";
    private static final String ID =
            "(lpad(to_hex(DAY - date '0001-01-01'), 6, '0') || substr(md5(d || '-' || o), 1, 6)"
                    + " || '8' || substr(md5(d || '-' || o), 7, 3) || '8' || substr(md5(d || '-' || o), 10, 15))::uuid";

    /** One day of all domains, as reports with failures at two hosts from three of twenty reporters leave it. */
    private static final List<String> A_DAY = List.of(
            "INSERT INTO daily_domain (domain, day, rule, successful, failed, reports)"
                    + " SELECT 'd' || d || '.example', DAY, " + DailyCells.RULE
                    + ", 2000, 40, 20 FROM generate_series(1, DOMAINS) d",
            "INSERT INTO daily_sessions SELECT " + UNIT + ", 'mailbox', 'dkim-aligned', 'Reporter ' || o || ' Inc.',"
                    + " 100, 2, 1, false, 100, 2, 1, 0, 0, 0, 0, 0, 0" + UNITS,
            "INSERT INTO daily_failures SELECT " + UNIT + ", 'mailbox', 'dkim-aligned', 'sts', f.type,"
                    + " 'mx' || f.mx || '.d' || d || '.example', 'Reporter ' || o || ' Inc.', 1, 1, false, 1, 2 - f.mx"
                    + UNITS
                    + " CROSS JOIN (VALUES ('certificate-expired', 1), ('starttls-not-supported', 2)) f(type, mx)"
                    + " WHERE o <= 3",
            "INSERT INTO report (day, id, identity, organization, organization_name, contact_info, report_id, start_at,"
                    + " end_at, flags, domains, receipt, received_at, channel, provenance, rank, source, best_at)"
                    + " SELECT DAY, " + ID + ", sha256((d || '-' || o)::bytea), 'reporter ' || o || ' inc.',"
                    + " 'Reporter ' || o || ' Inc.', 'tlsrpt@reporter.example', md5(d || '-' || o || DAY), DAY, DAY, '{}',"
                    // Some name two domains, which has to be seen when reports of all domains are counted.
                    + " ARRAY['d' || d || '.example'] || CASE WHEN d % 100 = 0 THEN ARRAY['e' || d || '.example']"
                    + " ELSE '{}' END, gen_random_uuid(), DAY + interval '30 hours', 'mailbox',"
                    + " 'dkim-aligned', 0, 'reports', DAY + interval '30 hours'" + STORED,
            "INSERT INTO policy (domain, day, organization, report, position, policy_type, policy_domain, policy_string,"
                    + " mx_host, successful, failed, details, failures, flags) SELECT " + UNIT + ", " + ID
                    + ", 0, 'sts',"
                    + " 'd' || d || '.example', '{version: STSv1,mode: testing,max_age: 86400}', '{*.mx.example}', 100, 2,"
                    + " CASE WHEN o <= 3 THEN 2 ELSE 0 END, CASE WHEN o <= 3 THEN jsonb_build_array(jsonb_build_object("
                    + "'type', 'certificate-expired', 'mx', 'mx1.d' || d || '.example', 'sender', '192.0.2.1', 'ip',"
                    + " '203.0.113.7', 'n', 1), jsonb_build_object('type', 'starttls-not-supported', 'mx', 'mx2.d' || d"
                    + " || '.example', 'sender', '192.0.2.1', 'n', 1)) END, '{}'" + STORED,
            "INSERT INTO report_raw SELECT DAY, " + ID + ", convert_to(repeat(md5(d || '-' || o), 25), 'UTF8')"
                    + STORED);

    private final TestDatabase database = TestDatabase.get();
    private final int domains;

    private GrowthRun(long cells) {
        this.domains = (int) (cells / DAYS / REPORTERS);
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
            for (String sql : A_DAY) {
                database.run(sql.replace("DAY", "'" + FIRST.plusDays(day) + "'::date")
                        .replace("DOMAINS", String.valueOf(domains)));
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
        database.run("INSERT INTO rollup_failures SELECT day, policy_type, result_type, 0, sum(failed), count(*)"
                + " FROM daily_failures GROUP BY 1, 2, 3; ANALYZE rollup_failures");
        database.run(
                "INSERT INTO rollup_sessions SELECT day, organization, hashtext(domain) & 7, min(organization_name),"
                        + " sum(successful), sum(failed), sum(reports) FROM daily_sessions GROUP BY 1, 2, 3;"
                        + " INSERT INTO rollup_reporters SELECT day, organization, result_type, hashtext(domain) & 7,"
                        + " min(organization_name), sum(failed), sum(of_type) FROM daily_failures GROUP BY 1, 2, 3, 4"
                        + " UNION ALL SELECT day, organization, '', hashtext(domain) & 7, min(organization_name), sum(failed),"
                        + " sum(of_all) FROM daily_failures GROUP BY 1, 2, 4; ANALYZE rollup_sessions, rollup_reporters");
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
        questions.put("/failures by domain with counts, twenty", rows(all, List.of(FailureKey.DOMAIN), true));
        questions.put("/failures by receiving address, details", rows(all, List.of(FailureKey.RECEIVING_IP), false));
        questions.put(
                "/sessions by day, kept by reporter",
                SessionQuestion.grouped(all, List.of(SessionKey.DAY)).rows(Optional.empty(), 100));
        questions.put(
                "/sessions by day and reporter, kept",
                SessionQuestion.grouped(all, List.of(SessionKey.DAY, SessionKey.ORGANIZATION))
                        .rows(Optional.empty(), 1_000));
        questions.put(
                "/sessions by domain, out of cells",
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
