package dev.sealpost.alert;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import jakarta.inject.Singleton;

import dev.sealpost.alert.detect.Series;
import dev.sealpost.store.AlertBook;
import dev.sealpost.store.AlertRounds;
import dev.sealpost.store.AlertSeries;
import org.jspecify.annotations.Nullable;

/** Judges the days of one round and writes what was found. Memory is bounded by the size of a round. */
@Singleton
class RoundWork {
    private static final int DOMAINS_AT_ONCE = 50;
    private static final int COMPARED = 500;
    private static final int TOLD_DAYS = 45;
    private static final Duration BETWEEN_ASKING = Duration.ofSeconds(5);
    private static final Duration BETWEEN_POOLS = Duration.ofHours(6);

    private final Horizon horizon;
    private final Cells cells;
    private final RuleWork rules;
    private final AlertBook book;
    private final Teller teller;
    private @Nullable Pools pools;
    private Instant poolsDue = Instant.MIN;

    RoundWork(Horizon horizon, Cells cells, RuleWork rules, AlertBook book, Teller teller) {
        this.horizon = horizon;
        this.cells = cells;
        this.rules = rules;
        this.book = book;
        this.teller = teller;
    }

    /** Says whether this process may go on. */
    @FunctionalInterface
    interface Going {
        boolean on();

        /** The same, asked only when the last answer is older than this; it was yes until then. */
        default Going every(Duration age) {
            long[] asked = {System.nanoTime()};
            return () -> {
                if (System.nanoTime() - asked[0] < age.toNanos()) {
                    return true;
                }
                asked[0] = System.nanoTime();
                return on();
            };
        }
    }

    /**
     * Judges and writes.
     *
     * @return false if the lease was lost, and nothing was written
     */
    boolean work(AlertRounds.Lease lease, AlertRounds.Round round, Going going) {
        LocalDate today = horizon.today();
        Map<String, Span> spans = horizon.spans(round);
        List<Judged> found = new ArrayList<>();
        List<RuleHit> hits = new ArrayList<>();
        if (!spans.isEmpty()) {
            Pools known = pools(today);
            RuleWork.Applied applied = rules.begin();
            Judging judging = cells.judging(known, compared(known, spans.keySet()), today);
            List<String> domains = List.copyOf(spans.keySet());
            Going often = going.every(BETWEEN_ASKING);
            for (int from = 0; from < domains.size(); from += DOMAINS_AT_ONCE) {
                Map<String, Span> piece = new HashMap<>();
                domains.subList(from, Math.min(domains.size(), from + DOMAINS_AT_ONCE))
                        .forEach(domain -> piece.put(domain, spans.get(domain)));
                Judging.Found judged = judging.judge(piece, often);
                found.addAll(judged.findings());
                hits.addAll(applied.hits(piece, judged.loaded(), today));
                if (!going.on()) {
                    return false;
                }
            }
        }
        return book.conclude(lease, round, session -> {
            List<AlertSeries> told = session.told(spans.keySet(), today.minusDays(TOLD_DAYS));
            Steps.Taken taken = new Steps(session, today).take(found, told);
            List<AlertSeries> explained = new ArrayList<>(taken.explained());
            explained.addAll(vanished(told, spans, found));
            List<Step> steps = new ArrayList<>(taken.steps());
            steps.addAll(RuleSteps.steps(session, hits, today, cells::text));
            new AlertWriter(session, teller, horizon.now())
                    .write(steps, explained.stream().distinct().toList());
        });
    }

    private Pools pools(LocalDate today) {
        Pools known = pools;
        if (known == null || !horizon.now().isBefore(poolsDue)) {
            known = cells.pools(horizon::watches, today);
            pools = known;
            poolsDue = horizon.now().plus(BETWEEN_POOLS);
        }
        return known;
    }

    /** Other domains that reporters may be asked about: some of this round, for a fault shows there first, and others. */
    private static Set<String> compared(Pools pools, Set<String> round) {
        Set<String> compared = round.stream()
                .sorted(Comparator.<String>comparingInt(String::hashCode).thenComparing(domain -> domain))
                .limit(COMPARED)
                .collect(Collectors.toCollection(HashSet::new));
        compared.addAll(pools.domains());
        return compared;
    }

    /** Series whose days were judged anew, for their numbers changed, and that are not found any more. */
    private static List<AlertSeries> vanished(List<AlertSeries> told, Map<String, Span> spans, List<Judged> found) {
        Set<Series> still =
                found.stream().map(judged -> Series.of(judged.finding())).collect(Collectors.toSet());
        return told.stream()
                .filter(series -> !series.kind().equals("rule"))
                .filter(series -> {
                    Span span = spans.get(series.domain());
                    return span != null
                            && !series.lastDay().isBefore(span.changed())
                            && !series.firstDay().isBefore(span.from());
                })
                .filter(series -> !still.contains(Steps.series(series)))
                .toList();
    }
}
