package dev.sealpost.intake.https;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

import io.vertx.core.MultiMap;

/**
 * Reads who is in front of our proxies out of {@code X-Forwarded-For} or {@code Forwarded} (RFC 7239). Each proxy appends
 * the peer it saw, so only what our own proxies appended is true: from the right, the first hop that is none of them.
 * Everything left of it is the sender's word.
 */
final class Forwarded {
    static final String X_FORWARDED_FOR = "X-Forwarded-For";
    static final String FORWARDED = "Forwarded";

    /** No chain of own proxies is longer. */
    static final int MAX_HOPS = 8;

    /** An address in brackets with a port, and room for white space. */
    private static final int MAX_HOP_CHARACTERS = 100;

    private final Networks proxies;

    Forwarded(Networks proxies) {
        this.proxies = proxies;
    }

    /**
     * The source behind a peer.
     *
     * @param address the peer itself, unless it is one of our proxies
     * @param certain false if the headers of a proxy contradict each other: one of them is the sender's
     */
    record Source(InetAddress address, boolean certain) {}

    Source of(InetAddress peer, MultiMap headers) {
        if (!proxies.contain(peer)) {
            return new Source(peer, true);
        }
        InetAddress byHabit = behind(peer, headers.getAll(X_FORWARDED_FOR), Forwarded::literal);
        InetAddress byStandard = behind(peer, headers.getAll(FORWARDED), Forwarded::element);
        if (!headers.contains(FORWARDED)) {
            return new Source(byHabit, true);
        }
        if (!headers.contains(X_FORWARDED_FOR) || byHabit.equals(byStandard)) {
            return new Source(byStandard, true);
        }
        // A proxy writes one of them and passes the other on as it came: liars share the proxy's own budget.
        return new Source(peer, false);
    }

    /** The right-most hop that is no proxy of ours; the last one that is, where the next cannot be read. */
    private InetAddress behind(InetAddress peer, List<String> lines, Function<String, Optional<InetAddress>> reading) {
        InetAddress last = peer;
        int hops = 0;
        for (String line : lines.reversed()) {
            int end = line.length();
            while (end >= 0) {
                int comma = line.lastIndexOf(',', end - 1);
                String hop = line.substring(comma + 1, end);
                Optional<InetAddress> address = ++hops > MAX_HOPS || hop.length() > MAX_HOP_CHARACTERS
                        ? Optional.empty()
                        : reading.apply(hop.strip());
                if (address.isEmpty()) {
                    return last;
                }
                last = address.get();
                if (!proxies.contain(last)) {
                    return last;
                }
                end = comma;
            }
        }
        return last;
    }

    /** One element of Forwarded: pairs in any order, one of them {@code for=}. */
    private static Optional<InetAddress> element(String element) {
        for (String pair : element.split(";", -1)) {
            String text = pair.strip();
            if (text.toLowerCase(Locale.ROOT).startsWith("for=")) {
                String value = text.substring("for=".length()).strip();
                boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
                return literal(quoted ? value.substring(1, value.length() - 1) : value);
            }
        }
        return Optional.empty();
    }

    /** {@code 192.0.2.1}, {@code 192.0.2.1:4711}, {@code 2001:db8::1}, {@code [2001:db8::1]:4711}. */
    private static Optional<InetAddress> literal(String text) {
        String address = text;
        if (text.startsWith("[")) {
            int end = text.indexOf(']');
            if (end < 0) {
                return Optional.empty();
            }
            address = text.substring(1, end);
        } else if (text.indexOf('.') > 0 && text.indexOf(':') == text.lastIndexOf(':') && text.indexOf(':') > 0) {
            address = text.substring(0, text.indexOf(':'));
        }
        return Cidr.address(address);
    }
}
