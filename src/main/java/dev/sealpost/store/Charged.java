package dev.sealpost.store;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;

import dev.sealpost.origin.Channel;
import dev.sealpost.origin.Origin;

/**
 * Who is charged for what is kept: the network of a peer, since whoever has one address has its neighbours; else the
 * mailbox or the uploader.
 */
final class Charged {
    private static final int IPV6_BYTES = 6;
    private static final int MAX_CHARS = 200;

    private Charged() {}

    static String to(Origin origin) {
        if (origin.channel() == Channel.HTTPS) {
            try {
                return network(InetAddress.ofLiteral(origin.source()));
            } catch (IllegalArgumentException | java.net.UnknownHostException noAddress) {
                return named(origin);
            }
        }
        return named(origin);
    }

    private static String named(Origin origin) {
        // However many imports its callers make, a tenant is one.
        String source = SourcePrefix.ofTenant(origin).orElse(origin.source());
        return origin.channel().label() + ':' + source.substring(0, Math.min(MAX_CHARS, source.length()));
    }

    private static String network(InetAddress peer) throws java.net.UnknownHostException {
        byte[] address = peer.getAddress();
        boolean old = peer instanceof Inet4Address;
        Arrays.fill(address, old ? 3 : IPV6_BYTES, address.length, (byte) 0);
        return InetAddress.getByAddress(address).getHostAddress() + (old ? "/24" : "/48");
    }
}
