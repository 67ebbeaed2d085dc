package dev.sealpost.outbound;

import java.net.ConnectException;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import jakarta.inject.Singleton;

import io.quarkus.runtime.Startup;
import org.jspecify.annotations.Nullable;

/**
 * The way out to an address that somebody chose. The name is asked for once, every address it has is checked, and a checked
 * one is connected to; TLS is verified against the name. No redirect is followed and no proxy used. Thread safe; blocks
 * its caller; an address that cannot be connected to costs {@link OutboundConfig#connectTimeout}, the call itself
 * {@link OutboundConfig#timeout}.
 */
@Singleton
@Startup // a wrong setting stops the start
public class Outbound {
    private static final int MOST_TRIED = 3;

    private final Reach reach;
    private final Names names;
    private final Caller caller;
    private final OutboundConfig config;

    Outbound(OutboundConfig config, Names names, Caller caller) {
        this.reach = Reach.of(config.allow().orElse(List.of()));
        this.names = names;
        this.caller = caller;
        this.config = config;
    }

    /**
     * Who chose the address. The operator may have networks of his own that the setting names; a tenant sees the public
     * internet alone.
     *
     * @param tenant null is the operator
     */
    public record Chooser(@Nullable String tenant) {
        boolean isOperator() {
            return tenant == null;
        }
    }

    /**
     * Posts something.
     *
     * @param headers beside those of the call itself
     * @throws OutboundException if nothing was answered
     */
    public Reply post(Target target, Map<String, String> headers, byte[] body, Chooser chooser)
            throws OutboundException {
        List<InetAddress> addresses = names.of(target.host(), chooser, config.connectTimeout());
        boolean own = chooser.isOperator();
        for (InetAddress address : addresses) {
            boolean named = own && reach.names(address);
            if (!named && !Reach.isPublic(address)) {
                throw OutboundException.refused(target.host() + " has an address that is not of the public internet"
                        + (own ? "; sealpost.outbound.allow may name its network" : ""));
            }
            if (!named && (!target.tls() || !target.usualPort())) {
                throw OutboundException.refused(
                        target.tls()
                                ? "port " + target.port() + " is not one of the web"
                                : "only https is spoken to the public internet");
            }
        }
        return first(addresses.subList(0, Math.min(addresses.size(), MOST_TRIED)), target, headers, body);
    }

    /** From the first address that can be connected to; nothing was sent to those before. */
    private Reply first(List<InetAddress> addresses, Target target, Map<String, String> headers, byte[] body)
            throws OutboundException {
        for (InetAddress address : addresses.subList(0, addresses.size() - 1)) {
            try {
                return caller.post(address, target, headers, body);
            } catch (OutboundException e) {
                if (!(e.getCause() instanceof ConnectException)) {
                    throw e;
                }
            }
        }
        return caller.post(addresses.getLast(), target, headers, body);
    }
}
