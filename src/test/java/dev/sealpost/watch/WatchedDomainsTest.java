package dev.sealpost.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.sealpost.report.DomainName;
import dev.sealpost.store.DomainScope;
import dev.sealpost.store.Reader;
import dev.sealpost.store.SnapshotFile;
import dev.sealpost.store.TestDatabase;
import dev.sealpost.store.WatchedTable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose a domain is. */
class WatchedDomainsTest {
    private static final Optional<WatchState> ANY = Optional.empty();
    private static final Optional<WatchState> WATCHED = Optional.of(WatchState.WATCHED);
    private static final Optional<WatchState> UNCLAIMED = Optional.of(WatchState.UNCLAIMED);

    private final TestDatabase database = TestDatabase.get();
    private final WatchedTable table = database.watched();

    @TempDir
    private Path directory;

    @BeforeEach
    void empty() {
        database.clear();
    }

    private record Settings(Optional<List<String>> domains, boolean auto, long perDay)
            implements WatchConfig, WatchConfig.Unclaimed {
        @Override
        public Unclaimed unclaimed() {
            return this;
        }
    }

    private RegisteredDomains registered() {
        return new RegisteredDomains(
                table, new SnapshotFile(directory.resolve("domains.snapshot"), 1), Clock.systemUTC());
    }

    private WatchedDomains watched(boolean auto, String... domains) {
        return new WatchedDomains(
                new Settings(Optional.of(List.of(domains)), auto, 10), registered(), table, Reader.PROGRAM);
    }

    private void register(String domain) {
        assertThat(table.put(domain, Optional.empty(), Optional.empty(), true, java.time.Instant.EPOCH))
                .isTrue();
    }

    @Test
    void namesAreReadInAnyForm() {
        WatchedDomains watched = watched(false, "Example.COM.", "bücher.example");
        assertThat(watched.configured()).containsExactly("example.com", "xn--bcher-kva.example");
        assertThat(watched.contains(new DomainName("example.com"))).isTrue();
        assertThat(watched.contains(new DomainName("sub.example.com"))).isFalse();
    }

    @Test
    void aSettingThatIsNoDomainIsNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> watched(false, "not a domain"))
                .withMessageContainingAll("sealpost.watch.domains", "not a domain");
    }

    @Test
    void scopesFollowTheState() {
        register("r.example");
        WatchedDomains watched = watched(false, "a.example");
        assertThat(watched.scope(ANY, List.of())).isEqualTo(new DomainScope.All());
        assertThat(watched.scope(WATCHED, List.of())).isEqualTo(new DomainScope.Watched(Set.of("a.example")));
        assertThat(watched.scope(UNCLAIMED, List.of())).isEqualTo(new DomainScope.Unclaimed(Set.of("a.example")));
        List<String> named = List.of("a.example", "b.example", "r.example");
        assertThat(watched.scope(ANY, named)).isEqualTo(new DomainScope.Only(Set.copyOf(named)));
        assertThat(watched.scope(WATCHED, named)).isEqualTo(new DomainScope.Only(Set.of("a.example", "r.example")));
        assertThat(watched.scope(UNCLAIMED, named)).isEqualTo(new DomainScope.Only(Set.of("b.example")));
    }

    @Test
    void everythingIsWatchedWhenAskedTo() {
        WatchedDomains watched = watched(true);
        assertThat(watched.contains(new DomainName("any.example"))).isTrue();
        assertThat(watched.scope(WATCHED, List.of())).isEqualTo(new DomainScope.All());
        assertThat(watched.scope(UNCLAIMED, List.of())).isEqualTo(new DomainScope.Only(Set.of()));
        assertThat(watched.scope(UNCLAIMED, List.of("b.example"))).isEqualTo(new DomainScope.Only(Set.of()));
    }

    @Test
    void registrationsAndTheirEndsAreSeenAndSurviveInTheFile() {
        register("r.example");
        RegisteredDomains first = registered();
        assertThat(first.contains("r.example")).as("before it asked").isFalse();
        first.refresh();
        assertThat(first.contains("r.example")).isTrue();
        RegisteredDomains restarted = registered();
        assertThat(restarted.contains("r.example")).as("from the file").isTrue();
        register("s.example");
        assertThat(table.remove("r.example")).isTrue();
        assertThat(table.remove("r.example")).isFalse();
        for (RegisteredDomains each : List.of(first, restarted)) {
            each.refresh();
            assertThat(each.contains("r.example")).isFalse();
            assertThat(each.contains("s.example")).isTrue();
        }
        register("r.example");
        first.refresh();
        assertThat(first.contains("r.example")).isTrue();
    }
}
