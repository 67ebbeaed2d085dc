package dev.sealpost.alert.detect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import dev.sealpost.report.ResultType;

/** Domains and reporters that know each other for a hundred days of 1,000 sessions, and what happens then. */
final class Scene implements Surroundings {
    /** The first day on which something happens. */
    static final long TODAY = 20_000;

    static final int SESSIONS = 1_000;
    static final String OLD_HOST = "old.mx.example";

    private final Map<String, History> histories = new TreeMap<>();
    private final Map<String, Pool> pools = new TreeMap<>();
    private PolicyMode mode = PolicyMode.ENFORCE;

    /** So many domains d0, d1 and reporters o0, o1. */
    static Scene of(int domains, int reporters, int days) {
        Scene scene = new Scene();
        for (int domain = 0; domain < domains; domain++) {
            for (int reporter = 0; reporter < reporters; reporter++) {
                for (long day = TODAY - days; day < TODAY; day++) {
                    scene.day("d" + domain, "o" + reporter, true, new DayCell(day, SESSIONS, List.of(), true));
                }
            }
        }
        return scene;
    }

    Scene mode(PolicyMode changed) {
        mode = changed;
        return this;
    }

    void day(String domain, String reporter, boolean verified, DayCell cell) {
        history(domain, reporter, verified).put(cell);
        if (verified) {
            for (String pool : List.of("", "o " + reporter, "d " + domain)) {
                pools.computeIfAbsent(pool, name -> new Pool()).add(cell);
            }
        }
    }

    History history(String domain, String reporter, boolean verified) {
        return histories.computeIfAbsent(
                domain + " " + reporter + " " + verified, key -> new History(domain, reporter, verified));
    }

    /** A verified report of so many failures among 1,000 sessions. */
    void fails(String domain, String reporter, long day, ResultType type, long failures) {
        day(domain, reporter, true, cell(day, new Failed(type, failures)));
    }

    /** A verified report without failures. */
    void fine(String domain, long day, String... reporters) {
        Arrays.stream(reporters).forEach(reporter -> day(domain, reporter, true, cell(day)));
    }

    static DayCell cell(long day, Failed... failed) {
        return new DayCell(day, SESSIONS, List.of(failed), true);
    }

    /** What is found on the days from {@link #TODAY} on, the last one given. */
    List<Finding> findings(String domain, long last) {
        return new Detector(this, last).findings(days(domain), TODAY);
    }

    DomainDays days(String domain) {
        List<History> own = new ArrayList<>(histories.values());
        own.removeIf(history -> !history.domain().equals(domain));
        return new DomainDays(domain, own, mode, Set.of(OLD_HOST));
    }

    @Override
    public Pool everywhere() {
        return pools.getOrDefault("", new Pool());
    }

    @Override
    public Pool reporter(String organization) {
        return pools.getOrDefault("o " + organization, new Pool());
    }

    @Override
    public Pool domain(String domain) {
        return pools.getOrDefault("d " + domain, new Pool());
    }

    @Override
    public Collection<History> domainsOf(String organization) {
        return histories.values().stream()
                .filter(history -> history.verified() && history.organization().equals(organization))
                .toList();
    }
}
