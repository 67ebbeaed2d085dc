package dev.sealpost.store;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an import met so far.
 *
 * @param bytes of the source that were read
 * @param read documents handed to the door
 * @param accepted documents that are durable reports now
 * @param withoutReport mails, and lists of reports, that hold none
 * @param quarantined documents that hold no readable report, by the door's reason
 * @param skipped what never came to the door, by reason
 */
public record ImportCounts(
        long bytes,
        long read,
        long accepted,
        long withoutReport,
        SortedMap<String, Long> quarantined,
        SortedMap<String, Long> skipped) {
    /** Nothing yet. */
    public static final ImportCounts NONE = new ImportCounts(0, 0, 0, 0, new TreeMap<>(), new TreeMap<>());

    /** All that one of the maps counts. */
    public static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
