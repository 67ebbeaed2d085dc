package dev.sealpost.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

import dev.sealpost.standalone.DataDirectory;
import dev.sealpost.standalone.Part;
import dev.sealpost.standalone.Standalone;
import io.agroal.api.AgroalDataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** A real PostgreSQL with the product's schema, started once for all tests of this process. */
public final class TestDatabase {
    private static @Nullable TestDatabase shared;

    private static final List<String> COUNTED = List.of(
            "report",
            "report_raw",
            "report_copy",
            "policy",
            "daily_domain",
            "daily_sessions",
            "daily_other_sessions",
            "daily_failures",
            "rollup_failures",
            "rollup_sessions",
            "rollup_reporters");

    private static final List<String> TABLES = List.of(
            "report",
            "report_raw",
            "report_copy",
            "gone_report",
            "policy",
            "daily_domain",
            "daily_sessions",
            "daily_other_sessions",
            "daily_failures",
            "rollup_failures",
            "rollup_sessions",
            "rollup_reporters",
            "reporter",
            "mx_owner",
            "mx_owner_due",
            "sealed_sessions",
            "sealed_other_sessions",
            "sealed_failures",
            "audit",
            "rebuild",
            "quarantine",
            "quarantine_total",
            "import",
            "mailbox",
            "mailbox_mail",
            "notice",
            "told_alert",
            "channel",
            "message",
            "delivery",
            "access_key",
            "watched_domain",
            "unclaimed_count",
            "unclaimed_report",
            "alert_touched",
            "alert_lease",
            "alert",
            "alert_series",
            "alert_event",
            "alert_cause",
            "alert_rule",
            "alert_silence",
            "notice");

    private final PGSimpleDataSource source = new PGSimpleDataSource();
    private final Queue<Connection> idle = new ConcurrentLinkedQueue<>();

    private TestDatabase() {
        try {
            Path parent = Path.of("target", "test-database").toAbsolutePath();
            Files.createDirectories(parent);
            DataDirectory data = DataDirectory.open(Files.createTempDirectory(parent, "db"));
            Standalone parts = Standalone.start(data, Set.of(Part.POSTGRES), line -> {});
            Runtime.getRuntime().addShutdownHook(new Thread(parts::close));
            Map<String, String> settings = parts.settings();
            source.setUrl(settings.get("quarkus.datasource.jdbc.url"));
            source.setUser(settings.get("quarkus.datasource.username"));
            source.setPassword(settings.get("quarkus.datasource.password"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Flyway.configure().dataSource(source).load().migrate();
    }

    private TestDatabase(TestDatabase other, String schema) {
        source.setUrl(other.source.getUrl());
        source.setUser(other.source.getUser());
        source.setPassword(other.source.getPassword());
        source.setCurrentSchema(schema);
    }

    /** An empty schema beside the others, without tables. */
    static TestDatabase empty(String schema) {
        get().run("DROP SCHEMA IF EXISTS " + schema + " CASCADE");
        get().run("CREATE SCHEMA " + schema);
        return new TestDatabase(get(), schema);
    }

    /** Brings the tables up to a version, or to the newest. */
    void migrate(String version) {
        Flyway.configure()
                .dataSource(source)
                .schemas(source.getCurrentSchema())
                .target(version)
                .load()
                .migrate();
    }

    public static synchronized TestDatabase get() {
        if (shared == null) {
            shared = new TestDatabase();
        }
        return shared;
    }

    /** As the pool inside a transaction: what is done with a connection is committed when it is given back. */
    public AgroalDataSource pool() {
        return proxy(AgroalDataSource.class, (method, arguments) -> {
            if (!method.getName().equals("getConnection")) {
                throw new IllegalStateException("not used by the store: " + method);
            }
            Connection given = idle.poll();
            Connection connection = given == null ? source.getConnection() : given;
            connection.setAutoCommit(false);
            return proxy(Connection.class, (call, values) -> {
                if (call.getName().equals("close") && !connection.isClosed() && !connection.getAutoCommit()) {
                    connection.commit();
                    idle.add(connection);
                    return null;
                }
                return call.invoke(connection, values);
            });
        });
    }

    /** The store on this database. */
    ReportStore store() {
        return store(counting());
    }

    /** The store with cells that count so many unverified reports. */
    ReportStore store(int most) {
        return store(counting(most));
    }

    ReportStore store(Counting counting) {
        return new ReportStore(
                pool(),
                new HostOwners(),
                new ReportRows(new PolicyRows()),
                counting,
                new QuarantineRows(new QuarantineQuota(256L << 20, 100_000)));
    }

    Counting counting() {
        return new Counting(new DailyDomains(), new Versions(), new CellRows(), new DailyCells());
    }

    private static Counting counting(int most) {
        return new Counting(new DailyDomains(), new Versions(), new CellRows(most), new DailyCells(most));
    }

    /** As of a program that knows this version of the counting rule. */
    Counting countingByRule(int rule) {
        return new Counting(new DailyDomains(rule), new Versions(), new CellRows(), new DailyCells());
    }

    Removal removal() {
        return new Removal(new Versions(), counting());
    }

    Removal removal(int most) {
        return new Removal(new Versions(), counting(most));
    }

    MonthsAhead months() {
        return new MonthsAhead(new ReadTransaction(pool()), new WriteTransaction(pool()));
    }

    ReportRetention reportRetention() {
        return new ReportRetention(
                new ReadTransaction(pool()),
                new WriteTransaction(pool()),
                months(),
                removal(),
                new Sealing(pool(), counting(), new SealedCells(), removal()));
    }

    RawRetention rawRetention() {
        return new RawRetention(new ReadTransaction(pool()), new WriteTransaction(pool()));
    }

    CellRetention cellRetention() {
        return new CellRetention(
                new ReadTransaction(pool()), new WriteTransaction(pool()), counting(), new SealedCells());
    }

    /** The registered domains on this database. */
    public WatchedTable watched() {
        return new WatchedTable(new ReadTransaction(pool()), new WriteTransaction(pool()));
    }

    /** The mailboxes on this database. */
    public Mailboxes mailboxes() {
        return new Mailboxes(new ReadTransaction(pool()), new WriteTransaction(pool()));
    }

    /** The keys on this database. */
    public KeyTable keys() {
        return new KeyTable(new ReadTransaction(pool()), new WriteTransaction(pool()));
    }

    /** The channels on this database. */
    public ChannelTable channels() {
        return new ChannelTable(new WriteTransaction(pool()));
    }

    public ChannelLeases channelLeases() {
        return new ChannelLeases(new WriteTransaction(pool()));
    }

    public Routing routing() {
        return new Routing(new WriteTransaction(pool()));
    }

    public Outbox outbox() {
        return new Outbox(new WriteTransaction(pool()));
    }

    public Messages messages() {
        return new Messages(new WriteTransaction(pool()));
    }

    public TestMessages testMessages() {
        return new TestMessages(new WriteTransaction(pool()));
    }

    public SummaryQuestion summaries() {
        return new SummaryQuestion(new ReadTransaction(pool()), new Reach(new ReadTransaction(pool())));
    }

    public DigestQuestion digests() {
        return new DigestQuestion(new ReadTransaction(pool()));
    }

    public OpenAlerts openAlerts() {
        return new OpenAlerts(new WriteTransaction(pool()));
    }

    /** All notices there are, in their order. */
    public List<Notice> notices() {
        return new ReadTransaction(pool())
                .list(
                        new Sql("SELECT * FROM notice ORDER BY seq"),
                        row -> Outbox.notice(row).notice());
    }

    /** Puts notices into the outbox, in one transaction. */
    public void put(Iterable<Notice> notices) {
        new WriteTransaction(pool()).write(connection -> {
            for (Notice notice : notices) {
                notice.put(connection);
            }
            return true;
        });
    }

    /** Empties all tables. */
    public void clear() {
        run("TRUNCATE " + String.join(", ", TABLES));
    }

    /** Drops all partitions of months; call it on empty tables. */
    void dropMonths() {
        for (String partition : rows("SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid"
                + " WHERE c.relkind = 'r' AND c.relname ~ '_\\d{4}_\\d{2}$'")) {
            run("DROP TABLE " + partition);
        }
    }

    /** Deletes the few rows that counting made, which is much faster than emptying tables. */
    void deleteCounted() {
        run(COUNTED.stream().map(table -> "DELETE FROM " + table).collect(Collectors.joining("; ")));
    }

    public void run(String sql) {
        try (Connection connection = pool().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The rows as text, columns joined by a bar. */
    public List<String> rows(String sql) {
        List<String> rows = new ArrayList<>();
        try (Connection connection = pool().getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(result.getString(i));
                }
                rows.add(String.join("|", row.stream().map(String::valueOf).toList()));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return rows;
    }

    /** Everything that counting made, in one order. */
    public List<String> dump() {
        List<String> all = dump("report", "policy");
        all.addAll(cells());
        return all;
    }

    private List<String> dump(String... tables) {
        List<String> all = new ArrayList<>();
        for (String table : tables) {
            // Which report was the last that a full cell counts is noted when it is derived: it is no number.
            String columns = table.equals("daily_sessions") ? Recount.SESSION_COLUMNS : "*";
            all.addAll(rows("SELECT '" + table + "', t.* FROM (SELECT " + columns + " FROM " + table
                    + ") t ORDER BY t::text COLLATE \"C\""));
        }
        return all;
    }

    /** The cells, and the sums over them, in one order. */
    List<String> cells() {
        List<String> all = dump("daily_domain", "daily_sessions", "daily_other_sessions", "daily_failures");
        all.addAll(rows("""
                SELECT day, policy_type, result_type, sum(failed), sum(cells) FROM rollup_failures
                GROUP BY 1, 2, 3 HAVING sum(cells) > 0 OR sum(failed) <> 0 ORDER BY 1, 2, 3"""));
        all.addAll(rows("""
                SELECT day, organization, sum(successful), sum(failed), sum(reports) FROM rollup_sessions
                GROUP BY 1, 2 HAVING (sum(successful), sum(failed), sum(reports)) <> (0, 0, 0) ORDER BY 1, 2"""));
        all.addAll(rows("""
                SELECT day, organization, result_type, sum(failed), sum(reports) FROM rollup_reporters
                GROUP BY 1, 2, 3 HAVING (sum(failed), sum(reports)) <> (0, 0) ORDER BY 1, 2, 3"""));
        return all;
    }

    /** What is left of reports that are gone, in one order. */
    List<String> sealed() {
        return dump("sealed_sessions", "sealed_other_sessions", "sealed_failures", "gone_report");
    }

    private interface Call {
        @Nullable
        Object on(Method method, @Nullable Object @Nullable [] arguments)
                throws SQLException, ReflectiveOperationException;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                TestDatabase.class.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    try {
                        return call.on(method, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
