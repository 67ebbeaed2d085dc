package dev.sealpost.mime;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;

import dev.sealpost.report.Corpus;
import dev.sealpost.report.Limits;
import dev.sealpost.report.ReportReader;

/**
 * The mail reader beside bare ones, by the thread's own CPU time and in turn: the ratios hold on a machine that others use
 * too. See docs/performance.md.
 */
final class MailRun {
    private static final int MAILS = 2_000;
    private static final int WARM_UP = 15;
    private static final int ROUNDS = 25;

    /** Angus looks for it with a ServiceLoader, again and again, unless this names it. */
    private static final String PROVIDER = "jakarta.mail.util.StreamProvider";

    private MailRun() {}

    /** Reads one mail; the sum keeps the compiler from leaving anything out. */
    private interface Way {
        long read(byte[] mail) throws Exception;
    }

    public static void main(String[] arguments) throws Exception {
        byte[][] mails = ReportMails.of(Corpus.gzipped(MAILS, 1));
        MailReader reader = new MailReader(new ReportReader(Limits.DEFAULT));
        BareMails bare = new BareMails();
        BareMails named = named();
        List<String> names = List.of("MailReader", "token stream, unchecked", "Angus", "Angus, provider named");
        List<Way> ways =
                List.of(mail -> reader.read(mail).reports().size(), bare::tokens, bare::message, named::message);
        long[] best = new long[ways.size()];
        Arrays.fill(best, Long.MAX_VALUE);
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long sum = 0;
        for (int round = 0; round < WARM_UP + ROUNDS; round++) {
            for (int way = 0; way < best.length; way++) {
                provide(way == best.length - 1);
                long start = threads.getCurrentThreadCpuTime();
                for (byte[] mail : mails) {
                    sum += ways.get(way).read(mail);
                }
                long spent = threads.getCurrentThreadCpuTime() - start;
                best[way] = round < WARM_UP ? best[way] : Math.min(best[way], spent);
            }
        }
        for (int way = 0; way < best.length; way++) {
            double micros = best[way] / 1e3 / MAILS;
            double ratio = (double) best[1] / best[way];
            System.out.printf(
                    "%-24s %7.2f us a mail, %6.0f/s, ratio %.2f%n", names.get(way), micros, 1e6 / micros, ratio);
        }
        System.out.println("sum " + sum);
    }

    private static BareMails named() {
        provide(true);
        BareMails named = new BareMails();
        provide(false);
        return named;
    }

    private static void provide(boolean named) {
        if (named) {
            System.setProperty(PROVIDER, "org.eclipse.angus.mail.util.MailStreamProvider");
        } else {
            System.clearProperty(PROVIDER);
        }
    }
}
