package dev.sealpost.intake.upload;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

import dev.sealpost.store.ImportCounts;

/** Counts what an import meets. Thread safe. */
final class Tally {
    private static final int MAX_NOTES = 100;
    private static final int MAX_NAME = 200;

    private final SortedMap<String, Long> quarantined = new TreeMap<>();
    private final SortedMap<String, Long> skipped = new TreeMap<>();
    private final List<String> notes = new ArrayList<>();
    private long bytes;
    private long read;
    private long accepted;
    private long withoutReport;

    synchronized void bytes(long more) {
        bytes += more;
    }

    synchronized void read() {
        read++;
    }

    synchronized void accepted() {
        accepted++;
    }

    synchronized void withoutReport() {
        withoutReport++;
    }

    synchronized void quarantined(String reason, String name) {
        quarantined.merge(reason, 1L, Long::sum);
        note(name, reason);
    }

    synchronized void skipped(Skip why, String name) {
        skipped.merge(why.label(), 1L, Long::sum);
        note(name, why.label());
    }

    synchronized ImportCounts counts() {
        return new ImportCounts(
                bytes, read, accepted, withoutReport, new TreeMap<>(quarantined), new TreeMap<>(skipped));
    }

    /** The first things that were not imported, each with its reason: names in printable ASCII, cut. */
    synchronized List<String> notes() {
        return List.copyOf(notes);
    }

    private void note(String name, String reason) {
        if (notes.size() < MAX_NOTES) {
            notes.add(printable(name) + ": " + reason);
        }
    }

    /** Names are anybody's: nothing of them steers a terminal. The end of a long one says more than its beginning. */
    static String printable(String name) {
        String end = name.length() > MAX_NAME ? "..." + name.substring(name.length() - MAX_NAME) : name;
        return end.replaceAll("[^ -~]", "?");
    }
}
