package dev.sealpost.outbound;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/**
 * A network.
 *
 * @param address its first address, as bytes
 * @param prefix how many leading bits of it count
 */
record Cidr(List<Byte> address, int prefix) {
    Cidr {
        address = List.copyOf(address);
        if (prefix < 0 || prefix > 8 * address.size()) {
            throw new IllegalArgumentException("a prefix has 0 to " + 8 * address.size() + " bits");
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
        InetAddress address = InetAddress.ofLiteral(literal);
        // Java reads 10.1 as 10.0.0.1, and knows interfaces.
        boolean whole = literal.indexOf(':') >= 0 || address.getHostAddress().equals(literal);
        if (!whole || literal.indexOf('%') >= 0) {
            throw new IllegalArgumentException("no whole address");
        }
        byte[] bytes = address.getAddress();
        return new Cidr(bytes(bytes), slash < 0 ? 8 * bytes.length : Integer.parseInt(text.substring(slash + 1)));
    }

    private static List<Byte> bytes(byte[] array) {
        Byte[] boxed = new Byte[array.length];
        Arrays.setAll(boxed, i -> array[i]);
        return List.of(boxed);
    }

    boolean contains(byte[] other) {
        if (other.length != address.size()) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit++) {
            int mask = 0x80 >> (bit % 8);
            if (((address.get(bit / 8) ^ other[bit / 8]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
