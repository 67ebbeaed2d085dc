package dev.sealpost.acceptance;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** What the known world is asked for, one by one or as it is drawn. */
final class KnownFilters {
    /** Filters with values to try. */
    static final Map<String, List<String>> VALUES = new TreeMap<>(Map.ofEntries(
            Map.entry(
                    "domain",
                    List.of("d0.known.example", "d1.known.example", "d2.known.example", "stray.known.example")),
            Map.entry("organization", KnownWorld.ORGANIZATIONS),
            Map.entry("policyType", KnownWorld.POLICY_TYPES),
            Map.entry("resultType", KnownWorld.RESULT_TYPES),
            Map.entry("resultClass", List.of("starttls", "certificate", "validation", "dane", "sts", "other")),
            Map.entry("receivingMxHostname", List.of("mx1.d0.known.example", "mx2.d4.known.example")),
            Map.entry("receivingIp", List.of("198.51.100.1", "198.51.100.0/30", "2001:db8:2::/64", "0.0.0.0/0")),
            Map.entry("sendingMtaIp", List.of("192.0.2.4/31", "2001:db8:1::2", "::/0", "10.0.0.0/8")),
            Map.entry("channel", List.of("https", "mailbox", "upload")),
            Map.entry("provenance", List.of("unverified", "upload", "trusted-source", "dkim-aligned")),
            Map.entry("state", List.of("watched", "unclaimed"))));

    /** Those that summaries of policies know. */
    static final Set<String> OF_SESSIONS =
            Set.of("domain", "organization", "policyType", "channel", "provenance", "state");

    static Map<String, List<String>> drawn(Random random) {
        Map<String, List<String>> filters = new TreeMap<>();
        VALUES.forEach((filter, values) -> {
            if (random.nextInt(6) == 0) {
                filters.put(
                        filter,
                        filter.equals("state") ? List.of(values.get(random.nextInt(2))) : some(random, values, 3));
            }
        });
        filters.values().removeIf(List::isEmpty);
        return filters;
    }

    static List<String> some(Random random, List<String> values, int most) {
        List<String> shuffled = new ArrayList<>(values);
        Collections.shuffle(shuffled, random);
        return shuffled.subList(0, Math.min(values.size(), random.nextInt(most + 1)));
    }

    private KnownFilters() {}
}
