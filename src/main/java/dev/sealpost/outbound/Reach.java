package dev.sealpost.outbound;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses may be connected to. Everything that is not a host of the public internet is refused: private and
 * link-local networks, this machine, shared address space (RFC 6598), multicast, what is reserved (RFC 6890), and IPv6 that
 * carries an IPv4 address or a tunnel's (mapped, NAT64, 6to4, Teredo), since what it leads to cannot be seen.
 */
final class Reach {
    private static final List<Cidr> IPV4 = networks(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.31.196.0/24",
            "192.52.193.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "192.175.48.0/24",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/3");

    /** All of the IPv6 internet there is lies in here. */
    private static final Cidr GLOBAL = Cidr.parse("2000::/3");

    private static final List<Cidr> IPV6 =
            networks("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20");

    private final List<Cidr> allowed;

    private Reach(List<Cidr> allowed) {
        this.allowed = List.copyOf(allowed);
    }

    /**
     * The public internet and these networks.
     *
     * @throws IllegalArgumentException if a text is no network, with what it must be
     */
    static Reach of(List<String> allowed) {
        return new Reach(allowed.stream().map(Reach::setting).toList());
    }

    private static Cidr setting(String text) {
        try {
            return Cidr.parse(text.strip());
        } catch (IllegalArgumentException none) {
            throw new IllegalArgumentException(
                    "sealpost.outbound.allow: '" + text + "' is no network, such as 10.1.0.0/16 or fd00:1::/64", none);
        }
    }

    private static List<Cidr> networks(String... texts) {
        return Stream.of(texts).map(Cidr::parse).toList();
    }

    /** Whether the address is in one of the named networks. */
    boolean names(InetAddress address) {
        return allowed.stream().anyMatch(network -> network.contains(address.getAddress()));
    }

    /** Whether the address is one of the public internet. */
    static boolean isPublic(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == 4
                ? IPV4.stream().noneMatch(network -> network.contains(bytes))
                : GLOBAL.contains(bytes) && IPV6.stream().noneMatch(network -> network.contains(bytes));
    }
}
