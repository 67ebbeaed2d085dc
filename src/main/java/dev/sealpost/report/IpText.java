package dev.sealpost.report;

import java.net.InetAddress;
import java.util.Set;

/** One text for each address: IPv4 dotted decimal, IPv6 as in RFC 5952. Never asks DNS. */
final class IpText {
    private static final int MAX_V6_CHARS = 45;
    private static final int V6_GROUPS = 8;

    private IpText() {}

    /** The canonical text; text that is no plain address is kept, flagged and cut. */
    static String canonical(String text, Set<Flag> flags) {
        String address = text.strip();
        if (isCanonical(address)) {
            return address;
        }
        if (isV6Shape(address)) {
            try {
                return format(InetAddress.ofLiteral(address));
            } catch (IllegalArgumentException e) {
                return unreadable(address, flags);
            }
        }
        return unreadable(address, flags);
    }

    /** Whether the text surely needs no healing. */
    static boolean isCanonical(String text) {
        return isV4(text, 0) || isCanonicalV6(text);
    }

    private static String unreadable(String text, Set<Flag> flags) {
        flags.add(Flag.BAD_IP);
        return Text.cut(text, Limits.MAX_IP_CHARS, flags);
    }

    /** Four decimal numbers up to 255 without leading zeros, which some programs would read as octal. */
    private static boolean isV4(String text, int from) {
        int octets = 1;
        int digits = 0;
        int value = 0;
        for (int at = from; at < text.length(); at++) {
            int c = text.charAt(at) - '0';
            if (c >= 0 && c <= 9) {
                if (value == 0 && digits > 0) {
                    return false;
                }
                value = 10 * value + c;
                digits++;
                if (value > 255) {
                    return false;
                }
            } else if (c == '.' - '0' && digits > 0) {
                octets++;
                value = 0;
                digits = 0;
            } else {
                return false;
            }
        }
        return octets == 4 && digits > 0;
    }

    /** Whether the address surely is in canonical form already; most are, and the JDK's parser is slow. */
    private static boolean isCanonicalV6(String text) {
        int length = text.length();
        int groups = 0;
        boolean gap = false;
        int at = 0;
        while (at < length && groups < V6_GROUPS) {
            int start = at;
            while (at < length && isLowerHex(text.charAt(at))) {
                at++;
            }
            // A group of zeros might belong into the gap: the slow way decides.
            if (at == start || at - start > 4 || text.charAt(start) == '0') {
                return false;
            }
            groups++;
            if (at == length) {
                return gap ? groups <= V6_GROUPS - 2 : groups == V6_GROUPS;
            }
            if (text.charAt(at++) != ':') {
                return false;
            }
            if (at < length && text.charAt(at) == ':') {
                if (gap) {
                    return false;
                }
                gap = true;
                at++;
            }
        }
        return at == length && gap && groups <= V6_GROUPS - 2 && text.charAt(at - 2) == ':';
    }

    private static boolean isLowerHex(char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    }

    /** Hex digits and colons, perhaps with a dotted end: no zone, no brackets. */
    private static boolean isV6Shape(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0 || text.length() > MAX_V6_CHARS) {
            return false;
        }
        int end = text.indexOf('.') < 0 ? text.length() : colon + 1;
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if ((c != ':' && Character.digit(c, 16) < 0) || c > 'f') {
                return false;
            }
        }
        return end == text.length() || isV4(text, end);
    }

    private static String format(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length == 4) {
            // A mapped address (::ffff:a.b.c.d) is the IPv4 address.
            return address.getHostAddress();
        }
        int[] groups = new int[V6_GROUPS];
        for (int i = 0; i < V6_GROUPS; i++) {
            groups[i] = ((bytes[2 * i] & 0xff) << 8) | (bytes[2 * i + 1] & 0xff);
        }
        int gap = 0;
        int gapLength = 1;
        for (int i = 0; i < V6_GROUPS; i++) {
            int zeros = i;
            while (zeros < V6_GROUPS && groups[zeros] == 0) {
                zeros++;
            }
            if (zeros - i > gapLength) {
                gap = i;
                gapLength = zeros - i;
            }
        }
        return join(groups, gap, gapLength > 1 ? gapLength : 0);
    }

    private static String join(int[] groups, int gap, int gapLength) {
        StringBuilder text = new StringBuilder(MAX_V6_CHARS);
        for (int i = 0; i < V6_GROUPS; i++) {
            if (gapLength > 0 && i == gap) {
                text.append("::");
                i += gapLength - 1;
                continue;
            }
            if (i > 0 && (gapLength == 0 || i != gap + gapLength)) {
                text.append(':');
            }
            text.append(Integer.toHexString(groups[i]));
        }
        return text.toString();
    }
}
