package dev.sealpost.report;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.zip.DataFormatException;

/**
 * The same comparison as {@link ReportReaderBench} by the thread's own CPU time, both sides in turn: the ratio holds on a
 * machine that others use too, where wall-clock figures do not.
 */
final class InterleavedRun {
    private static final int REPORTS = 4_000;
    private static final int WARM_UP = 13;
    private static final int ROUNDS = 40;

    private InterleavedRun() {}

    public static void main(String[] arguments) throws IOException, DataFormatException {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        byte[][] reports = Corpus.gzipped(REPORTS, 1);
        ReportReader reader = new ReportReader(Limits.DEFAULT);
        BareReader bare = new BareReader();
        long production = Long.MAX_VALUE;
        long unchecked = Long.MAX_VALUE;
        long sum = 0;
        for (int round = 0; round < WARM_UP + ROUNDS; round++) {
            long start = threads.getCurrentThreadCpuTime();
            for (byte[] report : reports) {
                sum += reader.read(report) instanceof Readable readable ? readable.json().length : 0;
            }
            long middle = threads.getCurrentThreadCpuTime();
            for (byte[] report : reports) {
                sum += BareReader.sum(bare.read(report));
            }
            long end = threads.getCurrentThreadCpuTime();
            if (round >= WARM_UP) {
                production = Math.min(production, middle - start);
                unchecked = Math.min(unchecked, end - middle);
            }
        }
        System.out.printf(
                "production %.2f us, unchecked %.2f us per report, ratio %.2f (%d)%n",
                production / 1e3 / REPORTS, unchecked / 1e3 / REPORTS, (double) unchecked / production, sum);
    }
}
