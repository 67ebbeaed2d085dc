package dev.sealpost.intake.https;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;

/**
 * A network.
 *
 * @param address its first address
 * @param prefix how many leading bits of it count
 */
record Cidr(byte[] address, int prefix) {
    Cidr {
        address = address.clone();
        if (prefix < 0 || prefix > 8 * address.length) {
            throw new IllegalArgumentException("a prefix has 0 to " + 8 * address.length + " bits");
        }
    }

    /**
     * Reads {@code 192.0.2.0/24}, {@code 2001:db8::/32} or a single address.
     *
     * @throws IllegalArgumentException if it is none of these; never asks DNS
     */
    static Cidr parse(String text) {
        int slash = text.indexOf('/');
        String literal = slash < 0 ? text : text.substring(0, slash);
        byte[] address = address(literal)
                .orElseThrow(() -> new IllegalArgumentException("no address"))
                .getAddress();
        return new Cidr(address, slash < 0 ? 8 * address.length : Integer.parseInt(text.substring(slash + 1)));
    }

    /** An address as people write it; empty if it is none. Never asks DNS, and knows no interfaces. */
    static Optional<InetAddress> address(String literal) {
        try {
            InetAddress address = InetAddress.ofLiteral(literal);
            // Java reads 192.0.2 as 192.0.0.2.
            boolean whole =
                    literal.indexOf(':') >= 0 || address.getHostAddress().equals(literal);
            return whole && literal.indexOf('%') < 0 ? Optional.of(address) : Optional.empty();
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    boolean contains(InetAddress peer) {
        byte[] other = peer.getAddress();
        if (other.length != address.length) {
            return false;
        }
        int whole = prefix / 8;
        int rest = (0xFF00 >> (prefix % 8)) & 0xFF;
        return Arrays.equals(address, 0, whole, other, 0, whole)
                && (rest == 0 || (address[whole] & rest) == (other[whole] & rest));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cidr that && prefix == that.prefix && Arrays.equals(address, that.address);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(address) + prefix;
    }
}
