package dev.sealpost.intake.https;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * Configured networks.
 *
 * @param all any number, also none
 */
record Networks(List<Cidr> all) {
    Networks {
        all = List.copyOf(all);
    }

    /**
     * Reads a setting.
     *
     * @throws IllegalArgumentException naming the setting, the value and what is allowed
     */
    static Networks parse(String setting, Optional<List<String>> texts) {
        return new Networks(texts.orElse(List.of()).stream()
                .map(text -> network(setting, text))
                .toList());
    }

    private static Cidr network(String setting, String text) {
        try {
            return Cidr.parse(text);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(
                    setting + ": '" + text + "' is no network, allowed are such as 192.0.2.0/24");
        }
    }

    boolean contain(InetAddress address) {
        return all.stream().anyMatch(network -> network.contains(address));
    }
}
