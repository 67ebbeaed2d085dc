package dev.sealpost.intake.upload;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import dev.sealpost.store.ImportCounts;
import dev.sealpost.store.ImportRow;
import dev.sealpost.store.Imports;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An import as the API shows it.
 *
 * @param detail why it failed, or what it waits for; empty if there is nothing to say
 * @param total bytes to read; null if unknown
 * @param bytes that were read
 * @param read documents handed to the door
 * @param accepted documents that are durable reports
 * @param stored reports in the tables that came first with this import; null in a list
 * @param duplicates its reports that were there before, or twice in it; null in a list. With stored they add up to
 *     accepted once all are in the tables
 * @param quarantined documents without a readable report
 * @param reasons how many for which reason
 * @param withoutReport mails that hold no report
 * @param skipped what was too large or broken to be looked at
 * @param skippedReasons how many for which reason
 */
@Schema(name = "Import")
record ImportItem(
        UUID id,

        @Schema(enumeration = {"running", "done", "failed"}) String state,

        String detail,
        String source,
        Instant started,
        @Nullable Instant finished,
        @Nullable Long total,
        long bytes,
        long read,
        long accepted,
        @Nullable Long stored,
        @Nullable Long duplicates,
        long quarantined,
        Map<String, Long> reasons,
        long withoutReport,
        long skipped,
        Map<String, Long> skippedReasons) {

    static ImportItem of(ImportRow row, Imports.@Nullable Outcome outcome) {
        ImportCounts counts = row.counts();
        return new ImportItem(
                row.id(),
                row.state().label(),
                row.detail(),
                row.source(),
                row.started(),
                row.finished(),
                row.total() < 0 ? null : row.total(),
                counts.bytes(),
                counts.read(),
                counts.accepted(),
                outcome == null ? null : outcome.stored(),
                outcome == null ? null : outcome.duplicates(),
                ImportCounts.sum(counts.quarantined()),
                counts.quarantined(),
                counts.withoutReport(),
                ImportCounts.sum(counts.skipped()),
                counts.skipped());
    }
}
