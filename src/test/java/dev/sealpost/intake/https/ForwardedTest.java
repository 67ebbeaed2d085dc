package dev.sealpost.intake.https;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

import io.vertx.core.MultiMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForwardedTest {
    private final Forwarded forwarded =
            new Forwarded(Networks.parse("proxies", Optional.of(List.of("10.0.0.0/8", "2001:db8:1::/48"))));

    private String source(String peer, String header, String... lines) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        List.of(lines).forEach(line -> headers.add(header, line));
        Forwarded.Source source = forwarded.of(InetAddress.ofLiteral(peer), headers);
        assertThat(source.certain()).isTrue();
        return source.address().getHostAddress();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "192.0.2.1",
                "203.0.113.9, 192.0.2.1",
                "203.0.113.9, 192.0.2.1, 10.0.0.2",
                "203.0.113.9,192.0.2.1:4711 , 10.0.0.2:80",
                "unknown, 192.0.2.1, 2001:db8:1::7, [2001:db8:1::8]:443",
                ", 192.0.2.1"
            })
    void theRightmostHopThatIsNoProxyOfOursIsTheSource(String header) {
        assertThat(source("10.0.0.1", "X-Forwarded-For", header)).isEqualTo("192.0.2.1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "for=192.0.2.1",
                "For=192.0.2.1;proto=https;by=10.0.0.1",
                "for=203.0.113.9, by=10.0.0.1; for=192.0.2.1 ;host=a.example",
                "for=203.0.113.9, for=\"192.0.2.1:4711\", for=\"[2001:db8:1::7]:80\""
            })
    void theStandardHeaderIsReadLikewise(String header) {
        assertThat(source("10.0.0.1", "Forwarded", header)).isEqualTo("192.0.2.1");
    }

    @Test
    void linesOfAHeaderAreOneList() {
        assertThat(source("10.0.0.1", "X-Forwarded-For", "203.0.113.9", "192.0.2.1", "10.9.9.9"))
                .isEqualTo("192.0.2.1");
    }

    @Test
    void anybodyElsesWordIsNotAsked() {
        assertThat(source("192.0.2.77", "X-Forwarded-For", "192.0.2.1")).isEqualTo("192.0.2.77");
        assertThat(source("192.0.2.77", "Forwarded", "for=192.0.2.1")).isEqualTo("192.0.2.77");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"192.0.2.1, nonsense", "192.0.2.1, _hidden", "192.0.2.1, 1", "192.0.2.1, [::1", "192.0.2.1,"})
    void whatCannotBeReadEndsTheSearchAtTheProxy(String header) {
        assertThat(source("10.0.0.1", "X-Forwarded-For", header)).isEqualTo("10.0.0.1");
    }

    @Test
    void aThousandHopsAreNotWalked() {
        String hops = "192.0.2.1" + ", 10.0.0.2".repeat(Forwarded.MAX_HOPS - 1);
        assertThat(source("10.0.0.1", "X-Forwarded-For", hops)).isEqualTo("192.0.2.1");
        assertThat(source("10.0.0.1", "X-Forwarded-For", hops + ", 10.0.0.2")).isEqualTo("10.0.0.2");
        assertThat(source("10.0.0.1", "X-Forwarded-For", "192.0.2.1,".repeat(1_000) + "x".repeat(1_000)))
                .isEqualTo("10.0.0.1");
    }

    @Test
    void headersThatContradictEachOtherAreNobodys() {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        headers.set("X-Forwarded-For", "192.0.2.1").set("Forwarded", "for=192.0.2.2");
        Forwarded.Source source = forwarded.of(InetAddress.ofLiteral("10.0.0.1"), headers);
        assertThat(source.certain()).isFalse();
        assertThat(source.address().getHostAddress()).isEqualTo("10.0.0.1");
        headers.set("Forwarded", "for=192.0.2.1");
        assertThat(forwarded.of(InetAddress.ofLiteral("10.0.0.1"), headers).certain())
                .isTrue();
    }
}
