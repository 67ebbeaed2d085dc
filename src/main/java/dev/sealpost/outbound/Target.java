package dev.sealpost.outbound;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * An address that somebody chose.
 *
 * @param tls whether it is {@code https}
 * @param host a name in ASCII without a dot at its end, or a literal address without brackets
 * @param port as given, or the scheme's
 * @param path with its query, begins with a slash
 */
public record Target(boolean tls, String host, int port, String path) {
    /** Longest address that is taken. */
    public static final int MAX_CHARS = 2_000;

    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    /**
     * Reads an address.
     *
     * @throws IllegalArgumentException if it is none that can be called, with what it must be
     */
    public static Target parse(String text) {
        try {
            URI uri = new URI(text);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            if (text.length() > MAX_CHARS || !(scheme.equals("https") || scheme.equals("http"))) {
                throw new IllegalArgumentException(
                        "an address begins with https:// and has at most " + MAX_CHARS + " characters");
            }
            if (uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
                throw new IllegalArgumentException("an address has a host name, and neither a user nor a fragment");
            }
            boolean tls = scheme.equals("https");
            int port = uri.getPort() < 0 ? tls ? HTTPS : HTTP : uri.getPort();
            String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
            String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
            if (port < 1 || port > 0xFFFF || !(path + query).chars().allMatch(c -> c > ' ' && c < 0x7F)) {
                throw new IllegalArgumentException("an address has a port up to 65535, and a path in ASCII");
            }
            return new Target(tls, host(uri.getHost()), port, path + query);
        } catch (URISyntaxException unreadable) {
            throw new IllegalArgumentException("this is no address such as https://hooks.example.org/in", unreadable);
        }
    }

    private static String host(String host) {
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return (bare.endsWith(".") ? bare.substring(0, bare.length() - 1) : bare).toLowerCase(Locale.ROOT);
    }

    /** The part that holds no secret: scheme, host and port. */
    public String origin() {
        String name = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return (tls ? "https://" : "http://") + name + (port == (tls ? HTTPS : HTTP) ? "" : ":" + port);
    }

    /** Whether web servers answer on this port; others below 1024 belong to protocols that must not be spoken to so. */
    boolean usualPort() {
        return port == HTTP || port == HTTPS || port >= 1024;
    }
}
