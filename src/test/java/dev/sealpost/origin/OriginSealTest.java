package dev.sealpost.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OriginSealTest {
    private static final String KEY = "k".repeat(32);
    private static final byte[] VALUE = "{}".getBytes(StandardCharsets.UTF_8);
    private static final Origin ORIGIN =
            new Origin(new UUID(1, 2), Instant.EPOCH, Channel.HTTPS, "192.0.2.1", Provenance.TRUSTED_SOURCE, "default");

    private final OriginSeal seal = new OriginSeal(List.of(KEY));

    @Test
    void holdsForTheSealedOriginAndValueAlone() {
        String made = seal.seal(ORIGIN, VALUE);
        assertThat(seal.holds(made, ORIGIN, VALUE)).isTrue();
        assertThat(seal.holds(made, ORIGIN, new byte[] {1})).isFalse();
        Origin better = new Origin(
                ORIGIN.receipt(),
                ORIGIN.received(),
                ORIGIN.channel(),
                ORIGIN.source(),
                Provenance.DKIM_ALIGNED,
                "default");
        assertThat(seal.holds(made, better, VALUE)).isFalse();
        assertThat(seal.holds("", ORIGIN, VALUE)).isFalse();
        assertThat(seal.holds(made.substring(2), ORIGIN, VALUE)).isFalse();
    }

    @Test
    void aMovedBorderBetweenTwoFieldsBreaksIt() {
        Origin one = new Origin(new UUID(1, 2), Instant.EPOCH, Channel.HTTPS, "ab", Provenance.UNVERIFIED, "c");
        Origin other = new Origin(new UUID(1, 2), Instant.EPOCH, Channel.HTTPS, "a", Provenance.UNVERIFIED, "bc");
        assertThat(seal.seal(one, VALUE)).isNotEqualTo(seal.seal(other, VALUE));
    }

    @Test
    void withoutClaimsTheSealIsWhatItWasBeforeThereWereAny() {
        // Made by the release before, for records on the topic and in spools.
        assertThat(seal.seal(ORIGIN, VALUE))
                .isEqualTo("518f4e7e5f7852816467e5fe0bbc520d33860fdecc128c28dec93f4d3a439679");
        Origin empty = withClaims(null, null, null);
        assertThat(seal.seal(empty, VALUE)).isEqualTo(seal.seal(ORIGIN, VALUE));
        assertThat(empty).isEqualTo(ORIGIN);
    }

    @Test
    void claimsAreSealed_eachInItsPlace() {
        List<Origin> all = List.of(
                ORIGIN,
                withClaims("a.example", null, null),
                withClaims(null, "a.example", null),
                withClaims(null, null, "a.example"),
                withClaims("a.example", "b.example", null),
                withClaims("a.example", "b.example", "none"));
        for (Origin sealed : all) {
            String made = seal.seal(sealed, VALUE);
            assertThat(all.stream().filter(origin -> seal.holds(made, origin, VALUE)))
                    .containsExactly(sealed);
        }
    }

    @Test
    void claimsAreShortAndPrintable() {
        for (String bad : List.of("", "a b", "a\n", "\u00e4.example", "a".repeat(254))) {
            assertThatThrownBy(() -> withClaims(bad, null, null)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> withClaims(null, bad, null)).isInstanceOf(IllegalArgumentException.class);
        }
        for (String bad : List.of("", "a\nb", "\u00e4", "a".repeat(201))) {
            assertThatThrownBy(() -> withClaims(null, null, bad)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static Origin withClaims(@Nullable String domain, @Nullable String submitter, @Nullable String judgement) {
        return new Origin(
                ORIGIN.receipt(),
                ORIGIN.received(),
                ORIGIN.channel(),
                ORIGIN.source(),
                ORIGIN.provenance(),
                ORIGIN.tenant(),
                new MailClaims(domain, submitter, judgement));
    }

    @Test
    void theKeyBeforeIsBelievedWhileKeysAreRotated() {
        OriginSeal rotated = new OriginSeal(List.of("n".repeat(32), KEY));
        assertThat(rotated.holds(seal.seal(ORIGIN, VALUE), ORIGIN, VALUE)).isTrue();
        assertThat(seal.holds(rotated.seal(ORIGIN, VALUE), ORIGIN, VALUE)).isFalse();
    }

    @Test
    void aShortKeyIsRefused() {
        assertThatThrownBy(() -> new OriginSeal(List.of("short"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new OriginSeal(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void labelsNameTheirValues() {
        for (Provenance provenance : Provenance.values()) {
            assertThat(Provenance.of(provenance.label())).isEqualTo(provenance);
        }
        for (Channel channel : Channel.values()) {
            assertThat(Channel.of(channel.label())).isEqualTo(channel);
        }
    }
}
