package dev.sealpost.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whose numbers a digest has. */
class DigestNumbersTest {
    private static final Instant NOW = Instant.parse("2026-11-27T08:00:00Z");

    private final World world = new World();

    @BeforeEach
    void threeDomainsWithNumbers() {
        registered("one.example", "one");
        registered("two.example", "two");
        numbers("one.example", 1);
        numbers("two.example", 20);
        numbers("configured.example", 300);
        numbers("nobodys.example", 4_000);
    }

    private void registered(String domain, String tenant) {
        world.database.watched().put(domain, Optional.of(tenant), Optional.empty(), false, NOW);
    }

    private void numbers(String domain, int successful) {
        world.database.run("INSERT INTO daily_domain (domain, day, rule, successful, reports) VALUES ('" + domain
                + "', '2026-11-26', 1, " + successful + ", 1)");
    }

    private String first(DigestNumbers numbers, @Nullable String tenant, String... domains) {
        Channel channel = new Channel(
                UUID.randomUUID(), tenant, ChannelType.WEBHOOK, world.settings(null, null, true), Secrets.NONE);
        return numbers.of(channel, List.of(domains), 1, NOW)
                .text()
                .lines()
                .findFirst()
                .orElseThrow();
    }

    private String of(@Nullable String tenant, String... domains) {
        return first(world.numbers(), tenant, domains);
    }

    @Test
    void aTenantThatNamesTheDomainOfAnotherHasItsOwnAlone() {
        assertThat(of("one", "one.example", "two.example")).endsWith(": 1 successful, 0 failed (0.00 %)");
        assertThat(of("one", "two.example", "configured.example", "nobodys.example"))
                .endsWith(": none reported");
        assertThat(of("default", "one.example")).endsWith(": none reported");
        assertThat(of(null, "one.example", "two.example")).as("the operator's").contains(": 21 successful");
    }

    @Test
    void whatIsTheTenantsIsSeenWhenItIsSentAndNotWhenItWasNamed() {
        registered("one.example", "two");
        assertThat(of("one", "one.example")).endsWith(": none reported");
        assertThat(of("two", "one.example", "two.example")).contains(": 21 successful");
        world.database.watched().remove("one.example");
        assertThat(of("two", "one.example", "two.example")).contains(": 20 successful");
    }

    @Test
    void whatASettingWatchesIsTheDefaultTenantsUntilSomebodyRegistersIt() {
        assertThat(of("default", "configured.example", "nobodys.example")).contains(": 300 successful");
        registered("configured.example", "two");
        assertThat(of("default", "configured.example")).endsWith(": none reported");
    }

    @Test
    void whereEveryDomainIsWatchedWhatNobodyRegisteredIsTheDefaultTenants() {
        DigestNumbers auto = new DigestNumbers(
                world.database.summaries(), world.database.digests(), world.database.watched(), true, Optional.empty());
        assertThat(first(auto, "default", "nobodys.example", "two.example")).contains(": 4000 successful");
        assertThat(first(auto, "one", "nobodys.example")).endsWith(": none reported");
    }
}
