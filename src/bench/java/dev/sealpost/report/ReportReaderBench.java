package dev.sealpost.report;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * The production reader beside what its parts cost without any checks: a reused inflater and a bare Jackson streaming
 * loop that puts every value into objects, all in one run. See docs/performance.md.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(3)
public class ReportReaderBench {
    private static final int REPORTS = 4_000;

    private final ReportReader reader = new ReportReader(Limits.DEFAULT);
    private final BareReader bare = new BareReader();
    private final JsonFactory factory = new JsonFactory();
    private final Inflater inflater = new Inflater(true);
    private final byte[] buffer = new byte[1 << 20];
    private byte[][] reports = {};

    /** The same corpus for every fork. */
    @Setup
    public void corpus() {
        reports = Corpus.gzipped(REPORTS, 1);
    }

    /** gunzip, checksum, parse, validate, heal, copy the JSON out. */
    @Benchmark
    @OperationsPerInvocation(REPORTS)
    public void productionReader(Blackhole hole) {
        for (byte[] report : reports) {
            Reading reading = reader.read(report);
            if (!(reading instanceof Readable)) {
                throw new IllegalStateException("unreadable: " + reading);
            }
            hole.consume(reading);
        }
    }

    /** gunzip and put every value into objects; nothing is checked or healed, the JSON is not kept. */
    @Benchmark
    @OperationsPerInvocation(REPORTS)
    public void inflaterAndBareStreaming(Blackhole hole) throws IOException, DataFormatException {
        for (byte[] report : reports) {
            hole.consume(bare.read(report));
        }
    }

    /** gunzip and take every name and value, building nothing. */
    @Benchmark
    @OperationsPerInvocation(REPORTS)
    public void inflaterAndTokens(Blackhole hole) throws IOException, DataFormatException {
        for (byte[] report : reports) {
            int length = unpack(report);
            try (JsonParser parser = factory.createParser(buffer, 0, length)) {
                for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                    switch (token) {
                        case FIELD_NAME -> hole.consume(parser.currentName());
                        case VALUE_STRING -> hole.consume(parser.getText());
                        case VALUE_NUMBER_INT -> hole.consume(parser.getLongValue());
                        default -> hole.consume(token);
                    }
                }
            }
        }
    }

    private int unpack(byte[] report) throws DataFormatException {
        inflater.reset();
        // The corpus has plain headers of ten bytes.
        inflater.setInput(report, 10, report.length - 18);
        return inflater.inflate(buffer);
    }
}
