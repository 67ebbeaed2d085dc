package dev.sealpost.store;

import java.util.List;

import dev.sealpost.origin.Origin;
import dev.sealpost.report.Report;

/**
 * One report that came through a door, ready to be stored.
 *
 * @param report what was read
 * @param origin where it came from
 * @param json the original JSON text, kept as it is
 * @param domains the domain each policy is attributed to, in the order of the policies; empty text where unknown, and
 *     such a policy enters no cell
 */
public record Arrival(Report report, Origin origin, byte[] json, List<String> domains) {
    public Arrival {
        domains = List.copyOf(domains);
        if (domains.size() != report.policies().size()) {
            throw new IllegalArgumentException("each policy is attributed");
        }
    }
}
