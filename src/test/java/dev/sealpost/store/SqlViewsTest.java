package dev.sealpost.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sealpost.report.ResultType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The views, as docs/sql.md says it and as the dashboard asks them. */
class SqlViewsTest {
    private static final Path DOCUMENTATION = Path.of("docs/sql.md");
    private static final Path DASHBOARD = Path.of("docs/grafana/sealpost-data.json");
    private static final String ROLE = "sealpost_grafana";
    private static final List<String> MACROS =
            List.of("\\$__timeFilter\\((\\w+)\\)", "$1 BETWEEN '2026-11-01T00:00:00Z' AND '2027-12-31T23:59:59Z'");

    private final TestDatabase database = TestDatabase.get();

    @BeforeEach
    void fill() {
        database.clear();
        database.store().store(KnownReports.ALL, List.of());
        // Of today, so provisional.
        database.run("INSERT INTO daily_sessions (domain, day, organization, channel, provenance, organization_name,"
                + " successful, failed, reports, saturated) VALUES ('a.example', '" + LocalDate.now(ZoneOffset.UTC)
                + "', 'google', 'https', 'unverified', 'Google', 1, 1, 1, false)");
    }

    /** What the documentation tells an owner to run, for a role that cannot sign in here. */
    private Connection asGrafana() throws SQLException, IOException {
        Matcher recipe = Pattern.compile("```sql\\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(DOCUMENTATION));
        assertThat(recipe.find()).isTrue();
        Connection connection = database.pool().getConnection();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            String schema = database.rows("SELECT current_schema()").getFirst();
            statement.execute(recipe.group(1));
            statement.execute("GRANT " + ROLE + " TO current_user");
            statement.execute("GRANT USAGE ON SCHEMA " + schema + " TO " + ROLE);
            statement.execute("SET LOCAL ROLE " + ROLE);
        }
        return connection;
    }

    private static Map<String, String> queries() throws IOException {
        Map<String, String> queries = new TreeMap<>();
        JsonNode dashboard = new ObjectMapper().readTree(DASHBOARD.toFile());
        dashboard
                .path("panels")
                .forEach(panel -> queries.put(
                        panel.path("title").asText(),
                        panel.path("targets").path(0).path("rawSql").asText()));
        dashboard.path("templating").path("list").forEach(variable -> {
            if (variable.path("type").asText().equals("query")) {
                queries.put(
                        "variable " + variable.path("name").asText(),
                        variable.path("query").asText());
            }
        });
        dashboard
                .path("annotations")
                .path("list")
                .forEach(each -> queries.put(
                        "annotation", each.path("target").path("rawSql").asText()));
        return queries;
    }

    @Test
    void eachQueryOfTheDashboardRunsAsTheRoleOfTheDocumentationAndGivesRows() throws Exception {
        try (Connection connection = asGrafana();
                Statement statement = connection.createStatement()) {
            Map<String, String> queries = queries();
            assertThat(queries).hasSizeGreaterThan(12);
            for (Map.Entry<String, String> query : queries.entrySet()) {
                String sql = query.getValue()
                        .replaceAll(MACROS.getFirst(), MACROS.getLast())
                        .replace("${domain:sqlstring}", "'a.example','b.example'");
                assertThat(sql).as("a macro that this test does not know").doesNotContain("$");
                try (ResultSet rows = statement.executeQuery(sql)) {
                    assertThat(rows.next()).as(query.getKey()).isTrue();
                    assertThat(rows.getObject(1)).as(query.getKey()).isNotNull();
                    if (sql.contains("AS \"time\"")) {
                        assertThat(rows.getTimestamp("time")).isNotNull();
                    }
                }
            }
            connection.rollback();
        }
    }

    @Test
    void theRoleReadsNothingElseAndWritesNothing() throws Exception {
        for (String refused : List.of(
                "SELECT * FROM report",
                "SELECT * FROM access_key",
                "SELECT * FROM daily_failures",
                "UPDATE v_reports SET counts = false",
                "DELETE FROM v_reports",
                "INSERT INTO v_domains VALUES ('x.example', 't', '{}', now())")) {
            refused(ROLE, refused);
        }
    }

    @Test
    void callersThatAreBoundToATenantReadNoView() throws Exception {
        for (String view : views()) {
            refused("sealpost_reader", "SELECT * FROM " + view);
        }
    }

    private void refused(String role, String sql) throws Exception {
        try (Connection connection = asGrafana();
                Statement statement = connection.createStatement()) {
            statement.execute("RESET ROLE");
            statement.execute("SET LOCAL ROLE " + role);
            assertThatExceptionOfType(SQLException.class)
                    .as(sql)
                    .isThrownBy(() -> statement.execute(sql))
                    .satisfies(denied -> assertThat(denied.getSQLState()).isEqualTo("42501"));
            connection.rollback();
        }
    }

    private List<String> views() {
        return database.rows(
                "SELECT viewname FROM pg_views WHERE schemaname = current_schema() AND viewname LIKE 'v\\_%'");
    }

    @Test
    void theViewsHaveExactlyTheColumnsOfTheDocumentation() throws IOException {
        String documentation = Files.readString(DOCUMENTATION);
        List<String> all = views();
        assertThat(all).hasSize(7);
        for (String view : all) {
            List<String> columns =
                    database.rows("SELECT column_name FROM information_schema.columns WHERE table_schema ="
                            + " current_schema() AND table_name = '" + view + "' ORDER BY ordinal_position");
            Matcher row =
                    Pattern.compile("\\| `" + view + "` \\|[^|]*\\|(.*)\\|").matcher(documentation);
            assertThat(row.find()).as(view).isTrue();
            List<String> told = new ArrayList<>();
            Pattern.compile("[a-z_0-9]+")
                    .matcher(String.join(",", coded(row.group(1))))
                    .results()
                    .forEach(name -> told.add(name.group()));
            if (view.equals("v_sessions_daily") || view.equals("v_reports") || view.equals("v_failure_details")) {
                assertThat(columns).as(view).isEqualTo(told);
            } else {
                assertThat(columns)
                        .as(view)
                        .containsAll(told.stream()
                                .filter(name -> !name.equals("successful_sessions") || !view.contains("failures"))
                                .toList());
            }
        }
    }

    private static List<String> coded(String cell) {
        return Pattern.compile("`([^`]*)`")
                .matcher(cell)
                .results()
                .map(code -> code.group(1))
                .toList();
    }

    @Test
    void sumsAreThoseOfTheReadApi() {
        ReadTransaction reading = new ReadTransaction(database.pool());
        FailureQuestion question = new FailureQuestion(reading, new Reach(reading));
        Map<String, Long> asked = new TreeMap<>();
        question.forEach(
                Questions.november().filter(),
                List.of(FailureKey.RESULT_CLASS, FailureKey.RESULT_TYPE),
                row -> asked.put(String.join(" ", row.groups()), row.failedSessions()));
        for (String source : List.of("v_failures_daily", "v_failure_details")) {
            Map<String, Long> told = new TreeMap<>();
            String type = source.equals("v_failures_daily") ? "result_class || ' ' || result_type" : "result_type";
            database.rows("SELECT " + type + " || '=' || sum(failed_sessions) FROM " + source + " GROUP BY "
                            + type.replace("|| ' ' ||", ","))
                    .forEach(row -> told.put(row.split("=", -1)[0], Long.parseLong(row.split("=", -1)[1])));
            assertThat(told.values().stream().mapToLong(Long::longValue).sum())
                    .isEqualTo(
                            asked.values().stream().mapToLong(Long::longValue).sum());
            assertThat(told).hasSameSizeAs(asked);
        }
    }

    @Test
    void classesAreThoseOfTheReader() {
        for (ResultType type : ResultType.REGISTERED) {
            database.run(
                    "INSERT INTO daily_failures VALUES ('c.example', '2026-11-03', 'o', 'https', 'unverified', 'sts', '"
                            + type.value() + "', 'mx', 'O', 1, 1, false)");
            assertThat(database.rows(
                            "SELECT result_class FROM v_failures_daily WHERE domain = 'c.example' AND result_type = '"
                                    + type.value() + "'"))
                    .containsExactly(type.resultClass().label());
        }
    }
}
