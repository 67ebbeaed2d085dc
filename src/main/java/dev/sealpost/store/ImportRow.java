package dev.sealpost.store;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * One import.
 *
 * @param source in the origin of its reports: who imported, and the id
 * @param tenant that the caller is bound to; null if it is to none
 * @param caller the name of who made it; null where nobody noted it
 * @param detail why it failed, or what it waits for, one line; empty if there is nothing to say
 * @param finished null while it runs
 * @param total bytes of the source; -1 if unknown
 */
public record ImportRow(
        UUID id,
        String source,
        @Nullable String tenant,
        @Nullable String caller,
        ImportState state,
        String detail,
        Instant started,
        @Nullable Instant finished,
        long total,
        ImportCounts counts) {
    /** One that begins. */
    public static ImportRow begin(
            UUID id, String source, @Nullable String tenant, String caller, Instant now, long total) {
        return new ImportRow(id, source, tenant, caller, ImportState.RUNNING, "", now, null, total, ImportCounts.NONE);
    }

    /** The same, with the bytes of its source known. */
    public ImportRow withTotal(long bytes) {
        return new ImportRow(id, source, tenant, caller, state, detail, started, finished, bytes, counts);
    }

    /** The same, further on. */
    public ImportRow running(ImportCounts now, String waitsFor) {
        return new ImportRow(id, source, tenant, caller, ImportState.RUNNING, waitsFor, started, null, total, now);
    }

    /** The same at its end; failed if there is something to say. */
    public ImportRow finished(ImportCounts last, Instant now, String failure) {
        ImportState end = failure.isEmpty() ? ImportState.DONE : ImportState.FAILED;
        return new ImportRow(id, source, tenant, caller, end, failure, started, now, total, last);
    }
}
