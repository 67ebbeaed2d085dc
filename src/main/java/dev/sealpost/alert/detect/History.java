package dev.sealpost.alert.detect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import dev.sealpost.report.ResultType;
import org.jspecify.annotations.Nullable;

/**
 * The days of one reporter about one policy domain, in one provenance: verified reports and others have histories of their
 * own and are never added up. Days are put in any order; the last one put for a day holds. Not thread-safe.
 */
public final class History {
    private static final long UNKNOWN = -1;
    private static final Comparator<ResultType> BY_NAME = Comparator.comparing(ResultType::value);

    private final String domain;
    private final String organization;
    private final boolean verified;
    private final Map<ResultType, long[]> failures = new HashMap<>();
    private final List<ResultType> types = new ArrayList<>();
    private final Map<Family, List<ResultType>> families = new EnumMap<>(Family.class);
    private final Map<Long, List<Failed>> details = new TreeMap<>();
    private long[] sessions = new long[0];
    private long first;
    private boolean dane;
    private int reportDays;

    /**
     * Starts empty.
     *
     * @param domain the policy domain
     * @param organization who reports
     * @param verified whether it is known who sent the reports
     */
    public History(String domain, String organization, boolean verified) {
        this.domain = Objects.requireNonNull(domain, "domain");
        this.organization = Objects.requireNonNull(organization, "organization");
        this.verified = verified;
    }

    /** Adds a day, or replaces it. */
    public void put(DayCell cell) {
        int at = room(cell.day());
        reportDays += sessions[at] == UNKNOWN ? 1 : 0;
        sessions[at] = cell.sessions();
        failures.values().forEach(counts -> counts[at] = 0);
        for (Failed failed : cell.failed()) {
            if (failed.sessions() > 0) {
                long[] counts = failures.computeIfAbsent(failed.type(), this::started);
                counts[at] = Math.min(
                        Math.addExact(counts[at], Math.min(failed.sessions(), cell.sessions())), cell.sessions());
            }
        }
        details.remove(cell.day());
        if (cell.failed().stream()
                .anyMatch(failed ->
                        !failed.hosts().isEmpty() || !failed.networks().isEmpty())) {
            details.put(cell.day(), cell.failed());
        }
        dane |= cell.dane();
    }

    private long[] started(ResultType type) {
        insert(types, type);
        insert(families.computeIfAbsent(Family.of(type), family -> new ArrayList<>()), type);
        return new long[sessions.length];
    }

    private static void insert(List<ResultType> sorted, ResultType type) {
        sorted.add(-Collections.binarySearch(sorted, type, BY_NAME) - 1, type);
    }

    private int room(long day) {
        if (sessions.length == 0) {
            first = day;
        }
        long before = Math.max(first - day, 0);
        int length = Math.toIntExact(Math.max(before + sessions.length, before + day - first + 1));
        if (length > sessions.length) {
            int shift = Math.toIntExact(before);
            sessions = grown(sessions, length + 16, shift, UNKNOWN);
            failures.replaceAll((type, counts) -> grown(counts, sessions.length, shift, 0));
            first -= before;
        }
        return Math.toIntExact(day - first);
    }

    private static long[] grown(long[] old, int length, int shift, long empty) {
        long[] grown = new long[length];
        Arrays.fill(grown, empty);
        System.arraycopy(old, 0, grown, shift, old.length);
        return grown;
    }

    /** The policy domain. */
    public String domain() {
        return domain;
    }

    /** Who reports. */
    public String organization() {
        return organization;
    }

    /** Whether it is known who sent the reports. */
    public boolean verified() {
        return verified;
    }

    /** Whether a tlsa policy was ever applied: others do not see failures of DANE. */
    boolean dane() {
        return dane;
    }

    /** The result types that were ever reported, in the order of their names. */
    public Collection<ResultType> types() {
        return Collections.unmodifiableList(types);
    }

    /** Those of one family. */
    List<ResultType> types(Family family) {
        return families.getOrDefault(family, List.of());
    }

    /** How many days there is a report of. */
    int reportDays() {
        return reportDays;
    }

    /** Whether there is a report of a day, in days since 1970-01-01 UTC. */
    public boolean reported(long day) {
        return within(day) && sessions[(int) (day - first)] != UNKNOWN;
    }

    /** Sessions of a day; 0 where there is no report. */
    public long sessions(long day) {
        return within(day) ? Math.max(sessions[(int) (day - first)], 0) : 0;
    }

    /** Sessions of consecutive days, the last one included. */
    long sessions(long from, long to) {
        long sum = 0;
        for (int at = index(from), end = index(to + 1); at < end; at++) {
            sum += Math.max(sessions[at], 0);
        }
        return sum;
    }

    /** Sessions of a day that failed in one way. */
    public long failures(ResultType type, long day) {
        long @Nullable [] counts = failures.get(type);
        return counts != null && within(day) ? counts[(int) (day - first)] : 0;
    }

    /** Copies the sessions of consecutive days; 0 where there is no report. */
    void copySessions(long from, long[] into) {
        for (int at = Math.toIntExact(Math.clamp(first - from, 0, into.length));
                at < into.length && within(from + at);
                at++) {
            into[at] = Math.max(sessions[(int) (from + at - first)], 0);
        }
    }

    /** Copies the failures of consecutive days; 0 where there is no report. */
    void copyFailures(ResultType type, long from, long[] into) {
        long @Nullable [] counts = failures.get(type);
        if (counts != null) {
            for (int at = Math.toIntExact(Math.clamp(first - from, 0, into.length));
                    at < into.length && within(from + at);
                    at++) {
                into[at] = counts[(int) (from + at - first)];
            }
        }
    }

    /** The failures of consecutive days, the last one included. */
    long failures(ResultType type, long from, long to) {
        long @Nullable [] counts = failures.get(type);
        long sum = 0;
        if (counts != null) {
            for (int at = index(from), end = index(to + 1); at < end; at++) {
                sum += counts[at];
            }
        }
        return sum;
    }

    /** What was failing in this way on a day; without hosts and networks where the reports named none. */
    Failed failed(ResultType type, long day) {
        return details.getOrDefault(day, List.of()).stream()
                .filter(failed -> failed.type().equals(type))
                .findFirst()
                .orElseGet(() -> new Failed(type, failures(type, day)));
    }

    /** Where a day is, or would be: at the beginning if it is before the first, at the end if it is after the last. */
    private int index(long day) {
        return Math.clamp(day - first, 0, sessions.length);
    }

    private boolean within(long day) {
        return day >= first && day - first < sessions.length;
    }
}
