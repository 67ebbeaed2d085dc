package dev.sealpost.intake.upload;

import java.io.InputStream;
import java.util.List;

import dev.sealpost.mime.MailReader;
import dev.sealpost.store.ImportCounts;

/** One import under way: its sources are read one after the other, by one thread; its counts are read by any. */
public final class ImportRun {
    private final String source;
    private final MailReader mails;
    private final DocumentLimits limits;
    private final Tally tally;
    private final HandOver handOver;

    ImportRun(String source, MailReader mails, DocumentLimits limits, Tally tally, HandOver handOver) {
        this.source = source;
        this.mails = mails;
        this.limits = limits;
        this.tally = tally;
        this.handOver = handOver;
    }

    /**
     * Reads one file or stream to its end, or as far as it can be read. Blocks while neither broker nor spool takes
     * anything.
     *
     * @param in not closed here
     * @param name for people, and a hint whether an mbox's first line is that of a single mail
     */
    public void read(InputStream in, String name) throws InterruptedException {
        new Walker(mails, limits, handOver, new Allowance(tally::bytes)).walk(in, name);
    }

    /** Counts a file that cannot be opened. */
    public void unreadable(String name) {
        tally.skipped(Skip.UNREADABLE, name);
    }

    /** Returns when every document that was read is durable, or refused. */
    public void finish() throws InterruptedException {
        handOver.finish();
    }

    /** Makes what waits for the broker end without it. */
    public void stop() {
        handOver.stop();
    }

    /** What it met so far. */
    public ImportCounts counts() {
        return tally.counts();
    }

    /** The first hundred things that were not imported, each as {@code name: reason}, printable. */
    public List<String> notes() {
        return tally.notes();
    }

    /** Whether it waits for broker and spool. */
    public boolean isWaiting() {
        return handOver.isWaiting();
    }

    /** What the origin of its reports has as source. */
    public String source() {
        return source;
    }
}
