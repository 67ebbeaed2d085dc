package dev.sealpost.intake.https;

import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * What counts as one source: who has an address commonly has the whole prefix (RFC 6177 gives end sites of IPv6 /48 to
 * /64).
 *
 * @param bits its leading bits, highest first, the others 0
 * @param length how many bits count; 24 and 32 are IPv4
 */
record Prefix(long bits, int length) {
    private static final int IPV4_BYTES = 4;

    /** IPv4 /32, IPv6 /64. */
    static Prefix narrow(InetAddress address) {
        return isIpv4(address) ? of(address, 32) : of(address, 64);
    }

    /** IPv4 /24, IPv6 /48. */
    static Prefix wide(InetAddress address) {
        return isIpv4(address) ? of(address, 24) : of(address, 48);
    }

    private static boolean isIpv4(InetAddress address) {
        return address.getAddress().length == IPV4_BYTES;
    }

    private static Prefix of(InetAddress address, int length) {
        byte[] bytes = address.getAddress();
        long first = bytes.length == IPV4_BYTES
                ? Integer.toUnsignedLong(ByteBuffer.wrap(bytes).getInt()) << 32
                : ByteBuffer.wrap(bytes).getLong();
        return new Prefix(first & (-1L << (64 - length)), length);
    }
}
