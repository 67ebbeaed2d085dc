package dev.sealpost.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import dev.sealpost.http.ProblemException;
import dev.sealpost.store.KeyTable;
import dev.sealpost.store.SnapshotFile;
import dev.sealpost.store.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys from their making to the door and behind it. */
class IntakeKeysTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final String UNKNOWN = "spi_" + "A".repeat(43);

    private final TestDatabase database = TestDatabase.get();
    private final KeyTable table = database.keys();
    private final Keys keys = new Keys(table, Clock.fixed(NOW, ZoneOffset.UTC));

    @TempDir
    private Path directory;

    @BeforeEach
    void empty() {
        database.clear();
    }

    private IntakeKeys door(Duration later) {
        return new IntakeKeys(
                table,
                new SnapshotFile(directory.resolve("keys.snapshot"), 1),
                Clock.fixed(NOW.plus(later), ZoneOffset.UTC));
    }

    private IntakeKeys refreshed() {
        IntakeKeys door = door(Duration.ZERO);
        door.refresh();
        return door;
    }

    private Keys.Created create(String tenant, @Nullable List<@Nullable String> domains, @Nullable String expires) {
        return keys.create(new Keys.Wanted("intake", tenant, domains, expires), Optional.empty());
    }

    @Test
    void aKeyIsRandomAndKeptAsAHashOnly() {
        Keys.Created first = create("acme", null, null);
        Keys.Created second = create("acme", null, null);
        assertThat(first.key()).matches("spi_[A-Za-z0-9_-]{43}").isNotEqualTo(second.key());
        assertThat(first.kept().prefix()).isEqualTo(first.key().substring(0, 12));
        assertThat(database.rows("SELECT k::text FROM access_key k"))
                .hasSize(2)
                .noneMatch(row -> row.contains(first.key()) || row.contains(second.key()));
        assertThat(keys.list(Optional.empty(), 10, Optional.empty()))
                .containsExactlyInAnyOrder(first.kept(), second.kept());
        assertThat(first.toString())
                .as("a slip into a log")
                .contains(first.kept().prefix());
    }

    @Test
    void aKeyAttributesUntilItIsRevokedOrOver() {
        Keys.Created plain = create("acme", null, null);
        Keys.Created ending = create("acme", null, "2026-11-24T13:00:00Z");
        IntakeKeys door = refreshed();
        assertThat(door.tenant(plain.key())).contains("acme");
        assertThat(door.tenant(ending.key())).contains("acme");
        for (String wrong :
                List.of(UNKNOWN, "", "spi_", plain.key() + "A", plain.key().replace('_', '-'))) {
            assertThat(door.tenant(wrong)).as(wrong).isEmpty();
        }
        IntakeKeys later = door(Duration.ofHours(1));
        assertThat(later.tenant(plain.key())).as("from the file").contains("acme");
        assertThat(later.tenant(ending.key())).isEmpty();
        assertThat(keys.revoke(plain.kept().id(), Optional.empty())).isPresent();
        door.refresh();
        assertThat(door.tenant(plain.key())).isEmpty();
        assertThat(door(Duration.ZERO).tenant(plain.key())).as("from the file").isEmpty();
        assertThat(keys.list(Optional.empty(), 10, Optional.empty())).containsExactly(ending.kept());
    }

    @Test
    void withoutAnyKnowledgeAWellFormedKeyIsTakenAndJudgedBehindTheDoor() {
        Keys.Created made = create("acme", null, null);
        IntakeKeys door = door(Duration.ZERO);
        assertThat(door.tenant("not-a-key")).isEmpty();
        String mine = door.tenant(made.key()).orElseThrow();
        String invented = door.tenant(UNKNOWN).orElseThrow();
        assertThat(mine).doesNotContain(made.key());
        Attribution.Referred found = new Attribution(table).find(List.of(mine, invented));
        assertThat(found.tenant(mine, NOW, List.of("a.example"))).contains("acme");
        assertThat(found.tenant(invented, NOW, List.of("a.example"))).isEmpty();
        keys.revoke(made.kept().id(), Optional.empty());
        Attribution.Referred after = new Attribution(table).find(List.of(mine));
        assertThat(after.tenant(mine, NOW.minusSeconds(1), List.of())).contains("acme");
        assertThat(after.tenant(mine, NOW, List.of())).isEmpty();
    }

    @Test
    void aKeyOfDomainsAttributesReportsOfTheseAlone() {
        Keys.Created bound = create("acme", Arrays.asList("A.example", "b.example."), null);
        String reference = refreshed().tenant(bound.key()).orElseThrow();
        assertThat(Attribution.isReference(reference)).isTrue();
        Attribution.Referred found = new Attribution(table).find(List.of(reference));
        assertThat(found.tenant(reference, NOW, List.of("a.example", "b.example")))
                .contains("acme");
        assertThat(found.tenant(reference, NOW, List.of("a.example", "c.example")))
                .isEmpty();
        assertThat(found.tenant(reference, NOW, List.of("a.example", ""))).isEmpty();
    }

    @Test
    void aDamagedFileIsNone() throws IOException {
        create("acme", null, null);
        refreshed();
        Files.write(directory.resolve("keys.snapshot"), new byte[100]);
        assertThat(door(Duration.ZERO).tenant(UNKNOWN)).hasValueSatisfying(Attribution::isReference);
    }

    @ParameterizedTest
    @CsvSource({
        "owner, acme, a.example, 2027-01-01T00:00:00Z, role",
        "intake, *, a.example, 2027-01-01T00:00:00Z, tenant",
        "viewer, *, a.example, 2027-01-01T00:00:00Z, domains",
        "intake, Acme, a.example, 2027-01-01T00:00:00Z, tenant",
        "intake, -, a.example, 2027-01-01T00:00:00Z, tenant",
        "intake, acme, no domain, 2027-01-01T00:00:00Z, domains",
        "intake, acme, a.example, 2026-11-24T12:00:00Z, expires",
        "intake, acme, a.example, tomorrow, expires"
    })
    void aWrongWishIsNamed(String role, String tenant, String domain, String expires, String wrong) {
        Keys.Wanted wish = new Keys.Wanted(role, tenant, Arrays.asList(domain), expires);
        assertThatThrownBy(() -> keys.create(wish, Optional.empty()))
                .isInstanceOfSatisfying(ProblemException.class, refused -> {
                    assertThat(refused.problem().status()).isEqualTo(400);
                    assertThat(refused.problem().parameter()).isEqualTo(wrong);
                });
        assertThat(database.rows("SELECT 1 FROM access_key")).isEmpty();
    }
}
