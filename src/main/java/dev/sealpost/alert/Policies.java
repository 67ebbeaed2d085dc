package dev.sealpost.alert;

import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import jakarta.inject.Singleton;

import dev.sealpost.alert.detect.PolicyMode;
import dev.sealpost.store.PolicyPast;
import org.jspecify.annotations.Nullable;

/** What is known of the policies of domains out of verified reports: the mode, and MX hosts that were given up. */
@Singleton
class Policies {
    private final PolicyPast past;

    Policies(PolicyPast past) {
        this.past = past;
    }

    /** What is known of a domain's policy. */
    record Known(PolicyMode mode, Set<String> formerHosts) {
        static final Known NOTHING = new Known(PolicyMode.UNKNOWN, Set.of());
    }

    /** By domain; a domain of which nothing is known is absent. */
    Map<String, Known> of(Collection<String> domains, LocalDate today) {
        Map<String, PolicyPast.Shown> present = new HashMap<>();
        Map<String, Set<String>> former = new HashMap<>();
        for (PolicyPast.Shown shown : past.of(domains, today)) {
            if (shown.back() == 0) {
                present.put(shown.domain(), shown);
            } else {
                former.computeIfAbsent(shown.domain(), domain -> new HashSet<>())
                        .addAll(lower(shown.mxHosts()));
            }
        }
        Map<String, Known> known = new HashMap<>();
        present.forEach((domain, shown) -> {
            Set<String> gone = former.getOrDefault(domain, new HashSet<>());
            List<String> patterns = lower(shown.mxHosts());
            // Who shows no hosts at all gave none up.
            gone.removeIf(host -> patterns.isEmpty() || host.contains("*") || matches(host, patterns));
            known.put(domain, new Known(mode(shown.mode()), gone));
        });
        return known;
    }

    private static List<String> lower(List<String> hosts) {
        return hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).toList();
    }

    /** RFC 8461, section 4.1: a wildcard stands for one label. */
    private static boolean matches(String host, List<String> patterns) {
        int dot = host.indexOf('.');
        return patterns.contains(host) || (dot > 0 && patterns.contains("*" + host.substring(dot)));
    }

    private static PolicyMode mode(@Nullable String text) {
        return switch (text == null ? "" : text) {
            case "enforce" -> PolicyMode.ENFORCE;
            case "testing" -> PolicyMode.TESTING;
            case "none" -> PolicyMode.NONE;
            default -> PolicyMode.UNKNOWN;
        };
    }
}
