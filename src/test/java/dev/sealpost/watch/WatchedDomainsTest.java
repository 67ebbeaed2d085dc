package dev.sealpost.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.sealpost.store.DomainScope;
import org.junit.jupiter.api.Test;

/** Whose a domain is. */
class WatchedDomainsTest {
    @Test
    void namesAreReadInAnyForm() {
        WatchedDomains watched = new WatchedDomains(List.of("Example.COM.", "bücher.example"), false);
        assertThat(watched.registered()).containsExactly("example.com", "xn--bcher-kva.example");
        assertThat(watched.state("example.com")).isEqualTo(WatchState.WATCHED);
        assertThat(watched.state("sub.example.com")).isEqualTo(WatchState.UNCLAIMED);
    }

    @Test
    void aSettingThatIsNoDomainIsNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WatchedDomains(List.of("not a domain"), false))
                .withMessageContainingAll("sealpost.watch.domains", "not a domain");
    }

    @Test
    void scopesFollowTheState() {
        WatchedDomains watched = new WatchedDomains(List.of("a.example"), false);
        assertThat(watched.scope(Optional.empty())).isEqualTo(new DomainScope.All());
        assertThat(watched.scope(Optional.of(WatchState.WATCHED))).isEqualTo(new DomainScope.Only(Set.of("a.example")));
        assertThat(watched.scope(Optional.of(WatchState.UNCLAIMED)))
                .isEqualTo(new DomainScope.Except(Set.of("a.example")));
        assertThat(watched.scope(Optional.of(WatchState.UNCLAIMED)).among(List.of("a.example", "b.example")))
                .isEqualTo(new DomainScope.Only(Set.of("b.example")));
    }

    @Test
    void everythingIsWatchedWhenAskedTo() {
        WatchedDomains watched = new WatchedDomains(List.of(), true);
        assertThat(watched.state("any.example")).isEqualTo(WatchState.WATCHED);
        assertThat(watched.scope(Optional.of(WatchState.WATCHED))).isEqualTo(new DomainScope.All());
        assertThat(watched.scope(Optional.of(WatchState.UNCLAIMED))).isEqualTo(new DomainScope.Only(Set.of()));
    }
}
