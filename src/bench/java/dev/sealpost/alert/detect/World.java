package dev.sealpost.alert.detect;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** All that has arrived so far, as the database would answer for it. */
final class World implements Surroundings {
    private static final Pool EMPTY = new Pool();

    private final Pool everywhere = new Pool();
    private final Map<String, Pool> reporters = new HashMap<>();
    private final Map<String, Pool> domains = new HashMap<>();
    private final Map<String, Map<String, History>> byDomain = new TreeMap<>();
    private final Map<String, Map<String, History>> byReporter = new TreeMap<>();

    void add(ExportedReport report) {
        byDomain.computeIfAbsent(report.domain(), domain -> new TreeMap<>())
                .computeIfAbsent(report.organization(), organization -> {
                    History history = new History(report.domain(), organization, true);
                    byReporter
                            .computeIfAbsent(organization, name -> new TreeMap<>())
                            .put(report.domain(), history);
                    return history;
                })
                .put(report.cell());
        everywhere.add(report.cell());
        reporters.computeIfAbsent(report.organization(), name -> new Pool()).add(report.cell());
        domains.computeIfAbsent(report.domain(), name -> new Pool()).add(report.cell());
    }

    DomainDays days(String domain) {
        return new DomainDays(
                domain,
                new ArrayList<>(byDomain.getOrDefault(domain, Map.of()).values()),
                PolicyMode.ENFORCE,
                Set.of(DetectionRun.FORMER_HOST));
    }

    @Override
    public Pool everywhere() {
        return everywhere;
    }

    @Override
    public Pool reporter(String organization) {
        return reporters.getOrDefault(organization, EMPTY);
    }

    @Override
    public Pool domain(String domain) {
        return domains.getOrDefault(domain, EMPTY);
    }

    @Override
    public Collection<History> domainsOf(String organization) {
        return byReporter.getOrDefault(organization, Map.of()).values();
    }
}
