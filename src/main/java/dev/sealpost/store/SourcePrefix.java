package dev.sealpost.store;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

import dev.sealpost.origin.Channel;
import dev.sealpost.origin.Origin;

/** Whom an arrival is put down to: what one sender has at the least, an IPv4 /24 or an IPv6 /48, or a mailbox. */
final class SourcePrefix {
    private static final int IPV4_BYTES = 3;
    private static final int IPV6_BYTES = 6;

    private SourcePrefix() {}

    static String of(Origin origin) {
        return switch (origin.channel()) {
            case HTTPS -> network(origin.source());
            case MAILBOX, UPLOAD ->
                Keys.fit(origin.channel().label() + ":" + ofTenant(origin).orElse(origin.source()));
        };
    }

    /** The tenant whose callers brought it by hand, if they are bound to one. */
    static Optional<String> ofTenant(Origin origin) {
        return origin.channel() == Channel.UPLOAD ? Optional.ofNullable(origin.tenant()) : Optional.empty();
    }

    private static String network(String source) {
        int zone = source.indexOf('%');
        try {
            InetAddress address = InetAddress.ofLiteral(zone < 0 ? source : source.substring(0, zone));
            int bytes = address instanceof Inet4Address ? IPV4_BYTES : IPV6_BYTES;
            byte[] first = Arrays.copyOf(Arrays.copyOf(address.getAddress(), bytes), address.getAddress().length);
            return InetAddress.getByAddress(first).getHostAddress() + "/" + 8 * bytes;
        } catch (IllegalArgumentException | UnknownHostException noAddress) {
            return Keys.fit("https:" + source);
        }
    }
}
