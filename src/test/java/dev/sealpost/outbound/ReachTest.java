package dev.sealpost.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReachTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "10.255.255.255",
                "100.64.0.1",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.255.254",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.8",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.1.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.7",
                "203.0.113.9",
                "224.0.0.1",
                "239.255.255.250",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:127.0.0.1",
                "::ffff:8.8.8.8",
                "::127.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b::808:808",
                "64:ff9b:1::1",
                "100::1",
                "2001::1",
                "2001:2::1",
                "2001:10::1",
                "2001:db8::1",
                "2002:7f00:1::1",
                "2002:808:808::1",
                "3fff::1",
                "5f00::1",
                "fc00::1",
                "fd00:ec2::254",
                "fe80::1",
                "fec0::1",
                "ff02::1",
                "4000::1"
            })
    void whatIsNotOfThePublicInternetIsRefused(String literal) throws Exception {
        // As bytes: the text of a mapped address would be read as IPv4, which is refused or not by itself.
        assertThat(Reach.isPublic(InetAddress.ofLiteral(literal)))
                .as(literal)
                .isEqualTo(literal.equals("::ffff:8.8.8.8"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "8.8.8.8",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.1",
                "169.253.0.1",
                "172.15.255.255",
                "172.32.0.0",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "2001:4860:4860::8888",
                "2606:4700::1111",
                "2a00:1450:4001::1",
                "2001:200::1"
            })
    void thePublicInternetIsReached(String literal) {
        assertThat(Reach.isPublic(InetAddress.ofLiteral(literal))).as(literal).isTrue();
    }

    @Test
    void aSettingNamesMore() {
        Reach reach = Reach.of(List.of("10.1.0.0/16", "fd00:1::/64", "192.168.7.3"));
        for (String inside : List.of("10.1.255.1", "fd00:1::7", "192.168.7.3")) {
            assertThat(reach.names(InetAddress.ofLiteral(inside))).as(inside).isTrue();
        }
        for (String outside : List.of("10.2.0.1", "fd00:1:0:1::7", "192.168.7.4", "127.0.0.1")) {
            assertThat(reach.names(InetAddress.ofLiteral(outside))).as(outside).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"10.1/16", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "example.org", "", "fe80::1%eth0/10"})
    void aWrongSettingSaysWhatItMustBe(String text) {
        assertThatThrownBy(() -> Reach.of(List.of(text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sealpost.outbound.allow")
                .hasMessageContaining("10.1.0.0/16");
    }
}
