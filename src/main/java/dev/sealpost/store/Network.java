package dev.sealpost.store;

import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A network or a single address, for questions.
 *
 * @param text address and prefix length, as PostgreSQL reads them
 */
public record Network(String text) {
    // Java reads more than that as IPv4, 127.1 for example.
    private static final Pattern FORM =
            Pattern.compile("(\\d{1,3}(?:\\.\\d{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)(?:/(\\d{1,3}))?");

    /** Reads {@code 192.0.2.0/24}, {@code 2001:db8::/32} or a single address; empty if it is none. Never asks DNS. */
    public static Optional<Network> parse(String text) {
        var form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        try {
            InetAddress address = InetAddress.ofLiteral(form.group(1));
            int bits = 8 * address.getAddress().length;
            int prefix = form.group(2) == null ? bits : Integer.parseInt(form.group(2));
            return prefix > bits ? Optional.empty() : Optional.of(new Network(address.getHostAddress() + "/" + prefix));
        } catch (IllegalArgumentException noAddress) {
            return Optional.empty();
        }
    }
}
