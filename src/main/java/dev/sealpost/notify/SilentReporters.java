package dev.sealpost.notify;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.stream.Collectors;

import dev.sealpost.store.DigestQuestion;

/**
 * The reporters whose reports are overdue when a digest is made: those that were not at the last one, and the others. Anybody
 * can make up reporters without end, so only some are named: verified ones first, then those with most sessions.
 */
final class SilentReporters {
    private static final int NAMED = 10;
    private static final int LONGEST_NAME = 100;

    /** One of them. */
    private record Silent(DigestQuestion.Quiet reporter, LocalDate since) {}

    private static final Comparator<Silent> LEAST_FIRST = Comparator.<Silent, Boolean>comparing(
                    each -> each.reporter.verified())
            .thenComparing(each -> each.reporter.sessions())
            .thenComparing(each -> each.reporter.organization(), Comparator.reverseOrder());

    private final Instant now;
    private final Instant last;
    private final PriorityQueue<Silent> fresh = new PriorityQueue<>(LEAST_FIRST);
    private final PriorityQueue<Silent> longer = new PriorityQueue<>(LEAST_FIRST);
    private int freshOnes;
    private int longerOnes;

    /** @param period since the digest before */
    SilentReporters(Instant now, Duration period) {
        this.now = now;
        this.last = now.minus(period);
    }

    /** Looks at one; it counts if it is silent. */
    void look(DigestQuestion.Quiet reporter) {
        Optional<LocalDate> since = reporter.silentSince(now);
        if (since.isPresent()) {
            boolean isFresh = reporter.silentSince(last).isEmpty();
            freshOnes += isFresh ? 1 : 0;
            longerOnes += isFresh ? 0 : 1;
            PriorityQueue<Silent> some = isFresh ? fresh : longer;
            some.add(new Silent(reporter, since.get()));
            if (some.size() > NAMED) {
                some.remove();
            }
        }
    }

    /** Lines for people. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(
                freshOnes == 0
                        ? "No reporter fell silent."
                        : "Reporters that fell silent, whose reports are missing now: " + words(fresh, freshOnes));
        if (longerOnes > 0) {
            lines.add("Silent for longer: " + words(longer, longerOnes));
        }
        return lines;
    }

    private static String words(PriorityQueue<Silent> some, int all) {
        String names = sorted(some).stream()
                .map(each -> name(each) + " (last report about "
                        + each.reporter.days().getLast() + ")")
                .collect(Collectors.joining(", "));
        return names + (all > some.size() ? " and " + (all - some.size()) + " more" : "");
    }

    private static List<Silent> sorted(PriorityQueue<Silent> some) {
        return some.stream().sorted(LEAST_FIRST.reversed()).toList();
    }

    private static String name(Silent silent) {
        return Plain.line(silent.reporter.organization(), LONGEST_NAME);
    }

    /** The same for programs: how many, and some of them. */
    Map<String, Object> json() {
        List<Map<String, Object>> items = new ArrayList<>();
        sorted(fresh).forEach(each -> items.add(item(each, true)));
        sorted(longer).forEach(each -> items.add(item(each, false)));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("fellSilent", freshOnes);
        json.put("silentForLonger", longerOnes);
        json.put("first", items);
        return json;
    }

    private static Map<String, Object> item(Silent silent, boolean fell) {
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("organization", silent.reporter.organization());
        item.put("silentSince", silent.since.toString());
        item.put("lastDay", silent.reporter.days().getLast().toString());
        item.put("fellSilent", fell);
        return item;
    }
}
