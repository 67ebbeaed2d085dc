package dev.sealpost.acceptance;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * Packed reports of a directory: all in one file {@code reports.lp}, each behind its length as four bytes, or one file each as
 * {@code gz/*.json.gz}; and the days that they are of.
 */
final class CorpusFiles {
    private static final Pattern START = Pattern.compile("\"start-datetime\"\\s*:\\s*\"(\\d{4}-\\d{2}-\\d{2})");

    private final Path directory;
    private int count;
    private LocalDate first = LocalDate.MAX;
    private LocalDate last = LocalDate.MIN;

    CorpusFiles(Path directory) throws IOException {
        this.directory = directory;
        Iterator<byte[]> all = reports();
        while (all.hasNext()) {
            look(all.next());
        }
        if (count == 0) {
            throw new IOException("no reports in " + directory);
        }
    }

    private void look(byte[] packed) throws IOException {
        try (GZIPInputStream json = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            Matcher start = START.matcher(new String(json.readAllBytes(), StandardCharsets.UTF_8));
            if (!start.find()) {
                throw new IOException("a report without a start");
            }
            LocalDate day = LocalDate.parse(start.group(1));
            first = day.isBefore(first) ? day : first;
            last = day.isAfter(last) ? day : last;
            count++;
        }
    }

    int count() {
        return count;
    }

    /** What {@code truth.json} beside them says. */
    Truth truth() throws IOException {
        return Truth.read(directory.resolve("truth.json"), first, last);
    }

    /** One after the other from the disk. */
    Iterator<byte[]> reports() throws IOException {
        Path all = directory.resolve("reports.lp");
        return Files.exists(all) ? new Framed(all) : files();
    }

    // The run ends with the process.
    @SuppressWarnings({"StreamResourceLeak", "resource"})
    private Iterator<byte[]> files() throws IOException {
        Stream<Path> files = Files.list(directory.resolve("gz"));
        return files.filter(file -> file.toString().endsWith(".json.gz"))
                .sorted()
                .map(CorpusFiles::content)
                .iterator();
    }

    private static byte[] content(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Framed implements Iterator<byte[]> {
        private final DataInputStream in;
        private long left;

        Framed(Path file) throws IOException {
            in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16));
            left = Files.size(file);
        }

        @Override
        public boolean hasNext() {
            return left > 0;
        }

        @Override
        public byte[] next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            try {
                byte[] report = new byte[in.readInt()];
                in.readFully(report);
                left -= Integer.BYTES + report.length;
                return report;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
