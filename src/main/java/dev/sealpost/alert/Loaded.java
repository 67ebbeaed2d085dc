package dev.sealpost.alert;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import dev.sealpost.alert.detect.DayCell;
import dev.sealpost.alert.detect.Failed;
import dev.sealpost.alert.detect.History;
import dev.sealpost.alert.detect.Pool;
import dev.sealpost.report.ResultType;
import dev.sealpost.store.SeriesDays;

/** Days of some domains as the detector wants them. Not thread-safe. */
final class Loaded {
    private static final Pool EMPTY = new Pool();

    private record Key(String domain, String organization, boolean verified) {}

    private final Map<Key, History> histories = new HashMap<>();
    private final Map<String, List<History>> byDomain = new TreeMap<>();
    private final Map<String, Pool> pools = new HashMap<>();
    private final Map<String, String> names = new HashMap<>();
    private final Map<String, TreeMap<LocalDate, Total>> totals = new HashMap<>();

    /** The sessions of a domain's day, out of summaries. */
    record Total(long sessions, long failed) {
        static final Total NONE = new Total(0, 0);

        Total plus(SeriesDays.Day day) {
            return new Total(sessions + day.sessions(), failed + day.failedSessions());
        }
    }

    /** Adds a day. */
    void add(SeriesDays.Day day) {
        DayCell cell = new DayCell(
                day.day().toEpochDay(),
                day.sessions(),
                day.failed().stream()
                        .map(failed -> new Failed(
                                new ResultType(failed.resultType()), failed.sessions(), failed.hosts(), List.of()))
                        .toList(),
                day.dane());
        histories
                .computeIfAbsent(new Key(day.domain(), day.organization(), day.verified()), key -> {
                    History history = new History(key.domain, key.organization, key.verified);
                    byDomain.computeIfAbsent(key.domain, domain -> new ArrayList<>())
                            .add(history);
                    return history;
                })
                .put(cell);
        if (day.verified()) {
            pools.computeIfAbsent(day.domain(), domain -> new Pool()).add(cell);
            totals.computeIfAbsent(day.domain(), domain -> new TreeMap<>())
                    .merge(day.day(), Total.NONE.plus(day), (known, one) -> known.plus(day));
        }
        names.putIfAbsent(day.organization(), day.name());
    }

    /** The reporters of a domain; empty where nothing is known of it. */
    List<History> histories(String domain) {
        return byDomain.getOrDefault(domain, List.of());
    }

    /** All histories. */
    List<History> histories() {
        return byDomain.values().stream().flatMap(List::stream).toList();
    }

    /** The verified reports about a domain. */
    Pool pool(String domain) {
        return pools.getOrDefault(domain, EMPTY);
    }

    /** The domains that anything is known of. */
    Set<String> domains() {
        return byDomain.keySet();
    }

    /** What verified reports say of a domain's day in all. */
    Total total(String domain, LocalDate day) {
        return totals.getOrDefault(domain, new TreeMap<>()).getOrDefault(day, Total.NONE);
    }

    /** How a reporter writes itself. */
    String name(String organization) {
        return names.getOrDefault(organization, organization);
    }
}
