package dev.sealpost.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses and networks as callers write them. */
class NetworkTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.7/32",
        "192.0.2.0/24, 192.0.2.0/24",
        "0.0.0.0/0, 0.0.0.0/0",
        "2001:db8::/32, 2001:db8:0:0:0:0:0:0/32",
        "2001:DB8::1, 2001:db8:0:0:0:0:0:1/128",
        "::ffff:192.0.2.7, 192.0.2.7/32"
    })
    void readsAddressesAndNetworks(String text, String network) {
        assertThat(Network.parse(text)).contains(new Network(network));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "192.0.2",
                "192.0.2.0/33",
                "192.0.2.256",
                "192.0.2.0/",
                "192.0.2.0/x",
                "mx.example",
                "2001:db8::/129",
                ":",
                "fe80::1%eth0",
                "127.1",
                "1",
                "192.0.2.1 ",
                "[2001:db8::1]",
                "192.0.2.0/24/24",
                "...",
                "1:2"
            })
    void refusesWhatIsNone(String text) {
        assertThat(Network.parse(text)).isEmpty();
    }
}
