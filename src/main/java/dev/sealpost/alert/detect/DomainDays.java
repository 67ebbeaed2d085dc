package dev.sealpost.alert.detect;

import java.util.List;
import java.util.Set;

/**
 * What is known of one policy domain: the input of the detector.
 *
 * @param domain the policy domain
 * @param histories of its reporters, verified ones and others apart; at least {@link Detector#DAYS_NEEDED} days of each
 * @param mode of its policy
 * @param formerHosts MX hostnames it used in the last 90 days and uses no more, lower case
 */
public record DomainDays(String domain, List<History> histories, PolicyMode mode, Set<String> formerHosts) {
    public DomainDays {
        histories = List.copyOf(histories);
        formerHosts = Set.copyOf(formerHosts);
    }
}
