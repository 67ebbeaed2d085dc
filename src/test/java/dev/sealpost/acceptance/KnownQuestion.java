package dev.sealpost.acceptance;

import java.net.InetAddress;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * A question, and what of the known world it is about: each report, policy and failure is looked at by itself.
 *
 * @param world all reports
 * @param seen the domains that the caller sees
 * @param filters values by the parameter's name, without from and to
 */
record KnownQuestion(
        KnownWorld world, Set<String> seen, LocalDate from, LocalDate to, Map<String, List<String>> filters) {

    KnownQuestion {
        filters = new TreeMap<>(filters);
    }

    /** What counts as a failure of a policy: each detail, or the summary of one that gives none. */
    static List<KnownWorld.Detail> occurrences(KnownWorld.Policy policy) {
        if (!policy.details().isEmpty()) {
            return policy.details();
        }
        return policy.failed() == 0
                ? List.of()
                : List.of(new KnownWorld.Detail(null, null, null, null, policy.failed(), null));
    }

    static String resultType(KnownWorld.Detail detail) {
        return detail.resultType() == null ? "unspecified" : detail.resultType();
    }

    static String resultClass(String type) {
        return switch (type) {
            case "starttls-not-supported" -> "starttls";
            case "validation-failure" -> "validation";
            case "tlsa-invalid", "dnssec-invalid", "dane-required" -> "dane";
            default -> type.startsWith("certificate-") ? "certificate" : type.startsWith("sts-") ? "sts" : "other";
        };
    }

    static @Nullable String host(KnownWorld.Detail detail) {
        return detail.host() == null ? null : detail.host().toLowerCase(Locale.ROOT);
    }

    boolean has(String parameter) {
        return filters.containsKey(parameter);
    }

    boolean hasAny(String... parameters) {
        return Arrays.stream(parameters).anyMatch(this::has);
    }

    private boolean allows(String parameter, @Nullable String value) {
        List<String> wanted = filters.get(parameter);
        return wanted == null || (value != null && wanted.contains(value));
    }

    /** Whether the report itself is meant, whatever is in it. */
    boolean takes(KnownWorld.Report report) {
        List<String> organizations = filters.get("organization");
        return !report.day().isBefore(from)
                && !report.day().isAfter(to)
                && (organizations == null
                        || organizations.stream().anyMatch(name -> name.equalsIgnoreCase(report.organization())))
                && allows("channel", report.channel())
                && allows("provenance", report.provenance());
    }

    /** Whether a domain is meant. */
    boolean takes(String domain) {
        return seen.contains(domain)
                && allows("domain", domain)
                && allows("state", world.owners.containsKey(domain) ? "watched" : "unclaimed");
    }

    /** Whether a policy is meant, failures aside. */
    boolean takes(KnownWorld.Policy policy) {
        return takes(policy.domain()) && allows("policyType", policy.type());
    }

    boolean takes(KnownWorld.Detail detail) {
        return allows("resultType", resultType(detail))
                && allows("resultClass", resultClass(resultType(detail)))
                && allows("receivingMxHostname", host(detail))
                && within("receivingIp", detail.receiver())
                && within("sendingMtaIp", detail.sender());
    }

    private boolean within(String parameter, @Nullable String address) {
        List<String> networks = filters.get(parameter);
        return networks == null || (address != null && networks.stream().anyMatch(net -> holds(net, address)));
    }

    private static boolean holds(String network, String address) {
        String[] parts = network.split("/", -1);
        byte[] base = bytes(parts[0]);
        byte[] other = bytes(address);
        int bits = parts.length > 1 ? Integer.parseInt(parts[1]) : base.length * 8;
        if (base.length != other.length) {
            return false;
        }
        for (int i = 0; i < bits; i++) {
            if (((base[i / 8] ^ other[i / 8]) >> (7 - i % 8) & 1) != 0) {
                return false;
            }
        }
        return true;
    }

    private static byte[] bytes(String literal) {
        try {
            return InetAddress.getByName(literal).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** The parameters as a call has them; organizations in other letters than reported. */
    String text() {
        return "from=" + from + "&to=" + to
                + filters.entrySet().stream()
                        .flatMap(filter -> filter.getValue().stream()
                                .map(value -> "&" + filter.getKey() + "="
                                        + URLEncoder.encode(
                                                filter.getKey().equals("organization")
                                                        ? value.toUpperCase(Locale.ROOT)
                                                        : value,
                                                StandardCharsets.UTF_8)))
                        .collect(Collectors.joining());
    }
}
