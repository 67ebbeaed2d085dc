package dev.sealpost.alert;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.sealpost.origin.Provenance;
import dev.sealpost.store.AlertParts;
import dev.sealpost.store.AlertsConfig;
import dev.sealpost.store.TestDatabase;
import dev.sealpost.watch.WatchedDomains;
import dev.sealpost.watch.Watching;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

/** Reports in a real database, and evaluations of them; the present is that of the database. */
final class AlertScene {
    @SuppressWarnings("TimeInStaticInitializer") // the database judges by its own clock; one day for all of a run
    static final LocalDate TODAY = LocalDate.now(ZoneOffset.UTC);

    static final LocalDate YESTERDAY = TODAY.minusDays(1);
    static final String STRIPPED = "starttls-not-supported";
    static final String EXPIRED = "certificate-expired";

    final TestDatabase database = TestDatabase.get();
    final AlertParts parts = new AlertParts(database);
    final ObjectMapper json = new ObjectMapper()
            .registerModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);
    final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final WatchedDomains watched;

    AlertScene(Path directory) {
        database.clear();
        watched = Watching.everything(database, directory);
    }

    private record Settings() implements AlertsConfig {
        @Override
        public Duration settle() {
            return Duration.ZERO;
        }

        @Override
        public int horizonDays() {
            return 14;
        }
    }

    /** The reporters' quiet days until a day, that one included. */
    void quiet(List<String> domains, List<String> reporters, LocalDate from, LocalDate to) {
        from.datesUntil(to.plusDays(1))
                .forEach(day -> domains.forEach(
                        domain -> reporters.forEach(reporter -> fails(domain, reporter, day, 0, STRIPPED))));
    }

    /** A verified report of so many failures among 1,000 sessions. */
    UUID fails(String domain, String reporter, LocalDate day, long failed, String type) {
        return parts.report(domain, reporter, day, Provenance.DKIM_ALIGNED, 1_000, failed, type);
    }

    AlertViews views() {
        return new AlertViews(json, clock(), metrics);
    }

    RulePreview preview() {
        return new RulePreview(cells(), watched, clock());
    }

    private Cells cells() {
        return new Cells(parts.series(), parts.pools(), new Policies(parts.policies()), parts.places(), json);
    }

    Rule.Terms terms(String text) {
        try {
            return json.readValue(text, Rule.Terms.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Clock clock() {
        return later(Duration.ZERO);
    }

    private static Clock later(Duration later) {
        Instant noon = TODAY.atTime(12, 0).toInstant(ZoneOffset.UTC);
        return Clock.fixed(noon.plus(later), ZoneOffset.UTC);
    }

    /** A process that judges. */
    Evaluation process() {
        return process(Duration.ZERO);
    }

    /** A process that judges so much later. */
    Evaluation process(Duration later) {
        Clock clock = later(later);
        Horizon horizon = new Horizon(new Settings(), watched, clock);
        Cells cells = cells();
        Teller teller = new Teller(new AlertViews(json, clock, metrics), new Silences(json, clock), watched);
        RuleWork rules = new RuleWork(parts.settings(), database.watched(), json);
        RoundWork work = new RoundWork(horizon, cells, rules, parts.book(), teller);
        return new Evaluation(
                parts.rounds(),
                work,
                new AlertUpkeep(
                        parts.book(),
                        new RuleClock(rules, cells, database.mailboxes(), parts.domains(), horizon),
                        teller,
                        horizon,
                        new OpenAlerts(parts.question(), new SimpleMeterRegistry())),
                UUID.randomUUID());
    }

    /** Stores what waits and judges it. */
    void judge() {
        parts.store();
        Evaluation process = process();
        process.run();
        process.release();
    }

    /** All alerts: kind, severity, state, place. */
    List<String> alerts() {
        return database.rows("SELECT kind, severity, state, place FROM alert ORDER BY kind, place, opened_day");
    }

    /** What was told: kind, tenant, severity. */
    List<String> notices() {
        return database.rows("SELECT kind, coalesce(tenant, '*'), severity FROM notice ORDER BY seq");
    }
}
