package dev.sealpost.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import dev.sealpost.origin.Channel;
import dev.sealpost.origin.Origin;
import dev.sealpost.origin.Provenance;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which imports and which entries of the quarantine the database shows to a tenant, and lets it change. */
class TenantQuarantineTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final String ENTRIES = "SELECT detail FROM quarantine ORDER BY detail";

    private final TestDatabase database = TestDatabase.get();

    @BeforeEach
    void twoTenants() {
        database.clear();
        for (String tenant : List.of("one", "two")) {
            database.watched()
                    .put(tenant + ".example", Optional.of(tenant), Optional.of(List.of()), false, Instant.EPOCH);
        }
        imported("somebody", "one");
        imported("other", "one");
        imported("stranger", "two");
        imported("cli", null);
        keep("by a door of one", Channel.HTTPS, "192.0.2.1", "one");
        keep("by a door of two", Channel.HTTPS, "192.0.2.1", "two");
        keep("by an open door", Channel.HTTPS, "192.0.2.1", null);
        keep("about one", Channel.MAILBOX, "inbox", null, "one.example");
        keep("about both", Channel.MAILBOX, "inbox", null, "one.example", "two.example");
        keep("about one and who knows", Channel.MAILBOX, "inbox", null, "one.example", "");
    }

    private void imported(String caller, @Nullable String tenant) {
        String source = caller + "/1";
        database.run(
                "INSERT INTO import (id, source, tenant, caller, state, detail, started_at, total, bytes, read, accepted,"
                        + " without_report, refused, refusals, skipped, skips) VALUES (gen_random_uuid(), '" + source
                        + "', "
                        + (tenant == null ? "NULL" : "'" + tenant + "'") + ", '" + caller
                        + "', 'done', '', now(), 0, 0, 0, 0, 0, '{}', '{}', '{}', '{}')");
        keep("imported by " + caller, Channel.UPLOAD, source, tenant);
    }

    private void keep(String detail, Channel channel, String source, @Nullable String tenant, String... domains) {
        Origin origin = new Origin(UUID.randomUUID(), NOON, channel, source, Provenance.UNVERIFIED, tenant);
        byte[] bytes = detail.getBytes(StandardCharsets.UTF_8);
        database.store()
                .store(List.of(), List.of(new SetAside("not-a-report", detail, origin, bytes, List.of(domains))));
    }

    private static Reader reader(String tenant, String... only) {
        return () -> Optional.of(new Reader.Bounds(tenant, Set.of(), false, Set.of(only), "somebody"));
    }

    private List<String> seen(Reader reader, String sql) {
        return new ReadTransaction(database.pool(), reader).list(new Sql(sql), row -> row.getString(1));
    }

    @Test
    void aTenantSeesWhatItsDoorsAndImportsBroughtAndWhatIsAboutItsDomainsAlone() {
        assertThat(seen(reader("one"), ENTRIES))
                .containsExactly("about one", "by a door of one", "imported by other", "imported by somebody");
        assertThat(seen(reader("two"), ENTRIES)).containsExactly("by a door of two", "imported by stranger");
        assertThat(seen(reader("three"), ENTRIES)).isEmpty();
        assertThat(seen(Reader.PROGRAM, ENTRIES)).hasSize(10);
    }

    @Test
    void aCallerOfSomeDomainsSeesItsOwnImportsAndWhatIsAboutThese() {
        assertThat(seen(reader("one", "one.example"), ENTRIES)).containsExactly("about one", "imported by somebody");
        assertThat(seen(reader("one", "two.example"), ENTRIES)).containsExactly("imported by somebody");
    }

    @Test
    void importsAreOfTheTenantOrOfWhoMadeThem() {
        String imports = "SELECT caller FROM import ORDER BY caller";
        assertThat(seen(reader("one"), imports)).containsExactly("other", "somebody");
        assertThat(seen(reader("one", "one.example"), imports)).containsExactly("somebody");
        assertThat(seen(reader("two", "one.example"), imports)).isEmpty();
        assertThat(seen(reader("*"), imports)).isEmpty();
    }

    @Test
    void whoSaysNoTenantSeesNothing() throws SQLException {
        try (Connection connection = database.pool().getConnection()) {
            WriteTransaction.update(connection, new Sql("SET LOCAL ROLE sealpost_reader"));
            for (String table : List.of("import", "quarantine")) {
                assertThat(ReadTransaction.list(
                                connection, new Sql("SELECT id FROM " + table), row -> row.getString(1)))
                        .as(table)
                        .isEmpty();
            }
            connection.rollback();
        }
    }

    @Test
    void whatIsNotSeenIsNeitherReplayedNorDeleted() {
        QuarantineReplays replays = new QuarantineReplays(new WriteTransaction(database.pool()), reader("one"));
        QuarantineRemoval removal = new QuarantineRemoval(
                new WriteTransaction(database.pool()), new ReadTransaction(database.pool()), reader("one"));
        for (String foreign : List.of("by a door of two", "by an open door", "about both", "imported by cli")) {
            assertThat(replays.start(id(foreign))).as(foreign).isEmpty();
            assertThat(removal.delete(id(foreign))).as(foreign).isFalse();
        }
        assertThat(seen(Reader.PROGRAM, ENTRIES)).hasSize(10);
        for (String own : List.of("by a door of one", "about one", "imported by other")) {
            assertThat(replays.start(id(own))).as(own).isPresent();
            assertThat(removal.delete(id(own))).as(own).isTrue();
        }
        assertThat(removal.total().reports()).isEqualTo(7);
    }

    private static UUID id(String detail) {
        return QuarantineRows.id("not-a-report", detail.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void oneReportOfTwoTenantsIsSeenByNeitherHoweverOftenItComes() {
        keep("about one", Channel.MAILBOX, "inbox", null, "two.example");
        assertThat(seen(reader("one"), ENTRIES)).doesNotContain("about one");
        assertThat(seen(reader("two"), ENTRIES)).doesNotContain("about one");
    }
}
