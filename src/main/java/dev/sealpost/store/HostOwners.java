package dev.sealpost.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import jakarta.inject.Singleton;

import dev.sealpost.origin.MailClaims;
import dev.sealpost.report.DomainName;
import dev.sealpost.report.FailureDetail;
import dev.sealpost.report.Policy;
import dev.sealpost.report.PolicyType;
import org.jspecify.annotations.Nullable;

/**
 * Which watched domains an MX host receives mail for. The domain of a tlsa policy is the host (RFC 8460, section 1.1), and
 * what is said of it is to be counted for the domain whose mail it was.
 */
@Singleton
class HostOwners {
    /** Hosts that are learned of one domain. */
    private static final int MOST_HOSTS = 100;

    private static final int REMEMBERED = 50_000;

    /** Owners that are looked at; who runs a host for more domains runs it for no one of them. */
    private static final int MOST_OWNERS = 100;

    private static final String OWNERS = """
            SELECT o.host, o.domain, w.tenant FROM (
                SELECT u.host, m.domain FROM unnest(?::text[]) AS u(host) CROSS JOIN LATERAL (
                    SELECT domain FROM mx_owner WHERE host = u.host ORDER BY domain LIMIT %d) m
                UNION
                SELECT host, domain FROM mx_owner WHERE host = ANY (?) AND domain = ANY (?)
                UNION
                SELECT h.host, d.domain FROM watched_domain d CROSS JOIN LATERAL unnest(d.mx_hosts) AS h(host)
                WHERE d.mx_hosts && ? AND NOT d.removed AND h.host = ANY (?)) o
            LEFT JOIN watched_domain w ON w.domain = o.domain AND NOT w.removed""".formatted(MOST_OWNERS + 1);

    /** That a host receives mail for a domain. */
    private record Pair(String host, String domain) {}

    private static final Bulk<Pair> PAIRS =
            new Bulk<Pair>("mx_owner").column("host", "text", Pair::host).column("domain", "text", Pair::domain);
    // Most are known, and found before anything is counted.
    private static final String LEARN = PAIRS.insert() + """
             WHERE NOT EXISTS (SELECT FROM mx_owner o WHERE o.host = u.host AND o.domain = u.domain)
              AND (SELECT count(*) FROM mx_owner o WHERE o.domain = u.domain) < %d
            ON CONFLICT DO NOTHING
            RETURNING host, (SELECT count(*) FROM (SELECT FROM mx_owner o WHERE o.host = mx_owner.host LIMIT %d) s) > %d""".formatted(MOST_HOSTS, MOST_OWNERS + 1, MOST_OWNERS);

    /** Watched domains by the hosts that receive their mail, and whose these are. */
    record Owners(Map<String, Map<String, String>> tenants) {
        /**
         * Whom a host's policy is counted for: of several owners the one that the report is about.
         *
         * @param named the domains of the report's other policies
         * @param claimed the domain that the mail around the report names; null if there is none
         * @return the owner; the host itself where that is not clear, or the owners have several tenants
         */
        String of(String host, Collection<String> named, @Nullable String claimed) {
            Map<String, String> owners = tenants.getOrDefault(host, Map.of());
            if (new HashSet<>(owners.values()).size() != 1) {
                return host;
            }
            List<String> inReport =
                    named.stream().filter(owners::containsKey).distinct().toList();
            if (inReport.size() == 1) {
                return inReport.getFirst();
            }
            if (claimed != null && owners.containsKey(claimed)) {
                return claimed;
            }
            return owners.size() == 1 ? owners.keySet().iterator().next() : host;
        }
    }

    /** Pairs that are in the table, as far as this process has seen of late. */
    private final Map<Pair, Boolean> learned = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Pair, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    };

    /**
     * The owners of some hosts, of watched domains alone; of a host with many, some, and those that are asked for.
     *
     * @param domains that are asked for
     */
    Owners owners(
            Connection connection, Collection<String> hosts, Collection<String> domains, Predicate<String> watched)
            throws SQLException {
        Map<String, Map<String, String>> owners = new HashMap<>();
        ReadTransaction.list(connection, new Sql(OWNERS, hosts, hosts, domains, hosts, hosts), row -> {
            String domain = row.getString("domain");
            String tenant = row.getString("tenant");
            if (tenant != null || watched.test(domain)) {
                owners.computeIfAbsent(row.getString("host"), host -> new HashMap<>())
                        .put(domain, Objects.requireNonNullElse(tenant, WatchedTable.DEFAULT_TENANT));
            }
            return domain;
        });
        return new Owners(owners);
    }

    /** The arrivals, the policies of hosts attributed to the owners. */
    List<Arrival> attribute(Connection connection, List<Arrival> arrivals, UnclaimedLimits limits) throws SQLException {
        Set<String> hosts = new TreeSet<>();
        Set<String> domains = new TreeSet<>();
        for (Arrival arrival : arrivals) {
            for (int i = 0; i < arrival.domains().size(); i++) {
                if (isOfHost(arrival, i)
                        && !limits.named().test(arrival.domains().get(i))) {
                    hosts.add(arrival.domains().get(i));
                    domains.addAll(named(arrival));
                    domains.addAll(claimed(arrival));
                }
            }
        }
        if (hosts.isEmpty()) {
            return arrivals;
        }
        // Until the end of this transaction: a change of owners waits for it before it looks for what to attribute
        // again.
        Locks.share(connection, Locks.HOSTS);
        hosts.removeAll(WatchedTable.among(connection, hosts));
        Owners owners = owners(connection, hosts, domains, limits.watched());
        return owners.tenants.isEmpty()
                ? arrivals
                : arrivals.stream().map(arrival -> attribute(arrival, owners)).toList();
    }

    private static Arrival attribute(Arrival arrival, Owners owners) {
        List<String> domains = new ArrayList<>(arrival.domains());
        Set<String> named = named(arrival);
        String claimed = claimed(arrival).stream().findFirst().orElse(null);
        for (int i = 0; i < domains.size(); i++) {
            if (isOfHost(arrival, i)) {
                domains.set(i, owners.of(domains.get(i), named, claimed));
            }
        }
        return new Arrival(arrival.report(), arrival.origin(), arrival.json(), domains);
    }

    /** Whether a policy's domain may be a host. */
    private static boolean isOfHost(Arrival arrival, int policy) {
        Policy one = arrival.report().policies().get(policy);
        return PolicyType.TLSA.equals(one.policyType()) && one.policyDomain() != null;
    }

    private static Set<String> claimed(Arrival arrival) {
        MailClaims claims = arrival.origin().claims();
        return claims == null || claims.reportDomain() == null ? Set.of() : Set.of(claims.reportDomain());
    }

    private static Set<String> named(Arrival arrival) {
        Set<String> named = new HashSet<>();
        for (int i = 0; i < arrival.domains().size(); i++) {
            if (!isOfHost(arrival, i)) {
                named.add(arrival.domains().get(i));
            }
        }
        return named;
    }

    /** Learns from new verified reports of watched domains. */
    void learn(Connection connection, List<ReportRow> rows, Predicate<String> watched) throws SQLException {
        Set<Pair> pairs = new HashSet<>();
        rows.stream().filter(ReportRow::verified).forEach(row -> {
            List<String> domains = row.arrival().domains();
            for (int i = 0; i < domains.size(); i++) {
                String domain = domains.get(i);
                if (!domain.isEmpty() && !isOfHost(row.arrival(), i)) {
                    hosts(row.report().policies().get(i))
                            // Most are known as they stand there.
                            .filter(host -> !isLearned(new Pair(host, domain)))
                            .map(DomainName::parse)
                            .flatMap(Optional::stream)
                            .map(DomainName::value)
                            .filter(host -> !host.equals(domain))
                            .limit(MOST_HOSTS)
                            .forEach(host -> pairs.add(new Pair(host, domain)));
                }
            }
        });
        Set<String> domains = new HashSet<>();
        pairs.forEach(pair -> domains.add(pair.domain));
        Set<String> unsure = new HashSet<>(domains);
        unsure.removeIf(watched);
        unsure.removeAll(WatchedTable.among(connection, unsure));
        List<Pair> known = pairs.stream()
                .filter(pair -> !unsure.contains(pair.domain) && !isLearned(pair))
                .sorted(Comparator.comparing(Pair::host).thenComparing(Pair::domain))
                .toList();
        Set<String> news = new TreeSet<>();
        Set<String> changed = new TreeSet<>();
        PAIRS.query(connection, LEARN, known, row -> {
            news.add(row.getString(1));
            if (!row.getBoolean(2)) {
                changed.add(row.getString(1));
            }
        });
        // One owner more of a host of many changes nothing but for reports to come.
        HostChanges.due(connection, changed);
        // What was not new was there before, and committed.
        known.stream().filter(pair -> !news.contains(pair.host)).forEach(this::remember);
    }

    private boolean isLearned(Pair pair) {
        synchronized (learned) {
            return learned.containsKey(pair);
        }
    }

    private void remember(Pair pair) {
        synchronized (learned) {
            learned.put(pair, true);
        }
    }

    /** The hosts that a policy or its failure details name, as they do; patterns are no names. */
    private static Stream<String> hosts(Policy policy) {
        return Stream.concat(
                        policy.mxHost().stream(),
                        policy.failureDetails().stream()
                                .map(FailureDetail::receivingMxHostname)
                                .filter(Objects::nonNull))
                .distinct();
    }
}
