package dev.sealpost.watch;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.sealpost.store.DomainHistory;
import dev.sealpost.store.WatchedTable.Watched;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A domain in lists. */
@Schema(description = "A watched or reported domain, its numbers over the last 30 UTC days")
record DomainItem(
        @Schema(description = "Lower-case A-label form") String domain,
        @Schema(enumeration = {"watched", "unclaimed"}) String state,

        @Schema(description = "The tenant it belongs to; null while unclaimed") @Nullable
        String tenant,

        @Schema(description = "The MX hosts it is registered with")
        List<String> mxHosts,

        @Schema(description = "When the first report about its first day came") @Nullable
        Instant firstReport,

        @Schema(description = "When the last report about its last day came") @Nullable
        Instant lastReport,

        @Schema(description = "Session estimate") long successfulSessions,
        @Schema(description = "Session estimate") long failedSessions,

        @Schema(description = "Failed of all, 0 to 1; null without sessions") @Nullable
        Double failureRate,

        @Schema(description = "Failure rate of each of the last 30 UTC days, oldest first; null without sessions")
        List<@Nullable Double> sparkline) {
    static final List<String> COLUMNS = List.of(
            "domain",
            "state",
            "tenant",
            "mxHosts",
            "firstReport",
            "lastReport",
            "successfulSessions",
            "failedSessions",
            "failureRate");

    /** An unclaimed domain where nobody is said to own it. */
    static DomainItem of(DomainHistory history, Optional<Watched> owner) {
        return new DomainItem(
                history.domain(),
                (owner.isPresent() ? WatchState.WATCHED : WatchState.UNCLAIMED).label(),
                owner.map(Watched::tenant).orElse(null),
                owner.map(Watched::mxHosts).orElse(List.of()),
                history.firstReport(),
                history.lastReport(),
                history.successfulSessions(),
                history.failedSessions(),
                history.failureRate(),
                history.sparkline());
    }

    /** The item as a row of a table. */
    Map<String, @Nullable Object> row() {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("domain", domain);
        row.put("state", state);
        row.put("tenant", tenant);
        row.put("mxHosts", mxHosts);
        row.put("firstReport", firstReport);
        row.put("lastReport", lastReport);
        row.put("successfulSessions", successfulSessions);
        row.put("failedSessions", failedSessions);
        row.put("failureRate", failureRate);
        row.put("sparkline", sparkline);
        return row;
    }
}
