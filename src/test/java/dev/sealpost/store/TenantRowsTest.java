package dev.sealpost.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The second line: what the database shows a reader whose question forgot to ask for its tenant. */
class TenantRowsTest {
    private static final DomainScope EVERYTHING = new DomainScope.All();

    private final TestDatabase database = TestDatabase.get();

    @BeforeEach
    void twoTenants() {
        database.clear();
        database.store().store(KnownReports.ALL, List.of());
        watch("a.example", "one");
        watch("b.example", "two");
    }

    private void watch(String domain, String tenant) {
        database.watched().put(domain, Optional.of(tenant), Optional.of(List.of()), false, Instant.EPOCH);
    }

    private ReadTransaction as(String tenant, Set<String> own, boolean all, String... only) {
        Reader.Bounds bounds = new Reader.Bounds(tenant, own, all, Set.of(only), "somebody");
        return new ReadTransaction(database.pool(), () -> Optional.of(bounds));
    }

    private static List<String> domains(ReadTransaction transaction) {
        return new SessionQuestion(transaction, new Reach(transaction))
                        .rows(
                                Questions.november().scope(EVERYTHING).filter(),
                                List.of(SessionKey.DOMAIN),
                                Optional.empty(),
                                100)
                        .stream()
                        .map(row -> row.groups().getFirst())
                        .sorted()
                        .toList();
    }

    @Test
    void aReaderSeesItsTenantsDomainsAlone() {
        assertThat(domains(new ReadTransaction(database.pool()))).containsExactly("a.example", "b.example");
        assertThat(domains(as("one", Set.of(), false))).containsExactly("a.example");
        assertThat(domains(as("two", Set.of(), false))).containsExactly("b.example");
        assertThat(domains(as("nobody", Set.of(), false))).isEmpty();
        assertThat(domains(as("*", Set.of(), false))).isEmpty();
    }

    @Test
    void whatNobodyRegisteredIsTheDefaultTenantsWhereASettingSaysSo() {
        database.watched().remove("b.example");
        assertThat(domains(as("default", Set.of(), false))).isEmpty();
        assertThat(domains(as("default", Set.of(), true))).containsExactly("b.example");
        assertThat(domains(as("default", Set.of("b.example", "c.example"), false)))
                .containsExactly("b.example");
        assertThat(domains(as("default", Set.of("a.example"), false)))
                .as("registered for others")
                .isEmpty();
    }

    @Test
    void aKeyForSomeDomainsSeesNoOthers() {
        assertThat(domains(as("one", Set.of(), false, "a.example", "b.example")))
                .containsExactly("a.example");
        assertThat(domains(as("one", Set.of(), false, "b.example"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "report",
                "report_raw",
                "policy",
                "failure_detail",
                "failure_occurrence",
                "daily_sessions",
                "daily_policy_sessions",
                "daily_failures",
                "daily_domain",
                "watched_domain"
            })
    void whoSaysNoTenantSeesNothing(String table) throws SQLException {
        try (Connection connection = database.pool().getConnection();
                Statement statement = connection.createStatement()) {
            assertThat(count(statement, table)).isPositive();
            statement.execute("SET LOCAL ROLE sealpost_reader");
            assertThat(count(statement, table)).isZero();
            connection.rollback();
        }
    }

    private static long count(Statement statement, String table) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SELECT count(*) FROM " + table)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Test
    void aReaderCannotReadWhatTellsOfAllTenants() {
        for (String table : List.of("access_key", "quarantine_total", "rollup_failures", "audit", "mailbox")) {
            assertThat(database.rows("SELECT has_table_privilege('sealpost_reader', '" + table + "', 'SELECT')"))
                    .as(table)
                    .containsExactly("f");
        }
    }
}
