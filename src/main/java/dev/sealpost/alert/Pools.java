package dev.sealpost.alert;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import dev.sealpost.alert.detect.Pool;
import dev.sealpost.report.ResultType;
import dev.sealpost.store.PoolDays;

/**
 * How often sessions fail at large: of some hundred domains chosen by chance, all of a small installation.
 *
 * @param everywhere all of them
 * @param reporters by reporter; those with most sessions
 * @param domains that were asked
 */
record Pools(Pool everywhere, Map<String, Pool> reporters, List<String> domains) {
    private static final int DOMAINS = 500;
    private static final int LOOKED_AT = 5_000;
    private static final int REPORTERS = 2_000;
    private static final int RECENT_DAYS = 10;

    /** Reads them. */
    static Pools read(PoolDays table, Predicate<String> watched, LocalDate today) {
        List<String> domains = table.sample(today.minusDays(RECENT_DAYS), LOOKED_AT).stream()
                .filter(watched)
                .limit(DOMAINS)
                .toList();
        List<PoolDays.Day> days = table.days(domains, Days.needed(today), Pool.MOST_SESSIONS, Pool.MOST_FAILURES);
        Map<String, Long> sessions = new HashMap<>();
        days.forEach(day -> sessions.merge(day.organization(), day.sessions(), Long::sum));
        Set<String> known = sessions.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .limit(REPORTERS)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        Pool everywhere = new Pool();
        Map<String, Pool> reporters = new HashMap<>();
        // In one order, so that equal tables give equal sums.
        days.stream()
                .sorted(Comparator.comparing(PoolDays.Day::organization).thenComparing(PoolDays.Day::day))
                .forEach(day -> {
                    add(everywhere, day);
                    if (known.contains(day.organization())) {
                        add(reporters.computeIfAbsent(day.organization(), name -> new Pool()), day);
                    }
                });
        return new Pools(everywhere, reporters, domains);
    }

    private static void add(Pool pool, PoolDays.Day day) {
        Map<ResultType, Double> failed = new HashMap<>();
        day.failed().forEach((type, share) -> failed.put(new ResultType(type), share));
        pool.add(day.day().toEpochDay(), day.sessions(), failed);
    }
}
