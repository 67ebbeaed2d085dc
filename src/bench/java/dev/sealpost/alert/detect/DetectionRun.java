package dev.sealpost.alert.detect;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Replays exported worlds through the detector in their order of arrival and writes what it tells beside each: attacks to
 * firings.csv, everything to findings.csv. Says how much CPU time of its thread that took, without reading the file. See
 * docs/detection.md.
 */
final class DetectionRun {
    /** Stands for any MX host a domain gave up. */
    static final String FORMER_HOST = "former.mx.example";

    /** Report days that are judged again in every round, for reports that come late. */
    private static final int DAYS_JUDGED = 7;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final World world = new World();
    private final Incidents incidents = new Incidents();
    private final Told told = new Told();

    private DetectionRun() {}

    public static void main(String[] arguments) throws IOException {
        List<Path> worlds;
        try (Stream<Path> found = Files.list(Path.of(arguments[0]))) {
            worlds = found.filter(path -> Files.exists(path.resolve("reports.ndjson")))
                    .sorted()
                    .toList();
        }
        for (Path world : worlds) {
            replay(world);
        }
    }

    private static void replay(Path directory) throws IOException {
        List<ExportedReport> reports = ExportedReport.read(directory.resolve("reports.ndjson"));
        DetectionRun run = new DetectionRun();
        long start = THREADS.getCurrentThreadCpuTime();
        int next = 0;
        while (next < reports.size()) {
            int end = next;
            while (end < reports.size()
                    && reports.get(end).arrival() == reports.get(next).arrival()) {
                end++;
            }
            run.round(reports.subList(next, end));
            next = end;
        }
        double seconds = (THREADS.getCurrentThreadCpuTime() - start) / 1e9;
        run.told.write(directory);
        long cells = reports.stream()
                .mapToLong(report -> report.cell().failed().size())
                .sum();
        System.out.printf(
                "%s: %d reports, %d tested cells, %.2f s CPU, %.1f us a tested cell, %.0f reports a minute%n",
                directory.getFileName(),
                reports.size(),
                cells,
                seconds,
                seconds * 1e6 / cells,
                reports.size() / seconds * 60);
    }

    private void round(List<ExportedReport> arrived) {
        int arrival = arrived.getFirst().arrival();
        TreeSet<String> touched = new TreeSet<>();
        for (ExportedReport report : arrived) {
            world.add(report);
            touched.add(report.domain());
        }
        Detector detector = new Detector(world, arrival - 1L);
        List<Finding> findings = touched.stream()
                .flatMap(domain -> detector.findings(world.days(domain), arrival - DAYS_JUDGED).stream())
                .toList();
        told.findings(arrival, findings);
        told.changes(arrival, incidents.take(findings));
    }
}
