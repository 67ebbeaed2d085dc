package dev.sealpost.intake.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Segments as a dying disk leaves them: the start goes on, what is whole comes out, what is not is handed out as bytes. */
class DamagedSpoolTest {
    private static final int LETTERS = 60;

    @TempDir
    private Path parent;

    @Test
    void whateverHappensToASegmentEveryRecordThatWasNotTouchedComesOut() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            Path directory = parent.resolve("spool" + round);
            fill(directory, random);
            Path segment = segment(directory);
            byte[] bytes = Files.readAllBytes(segment);
            int start = random.nextInt(bytes.length);
            int length = 1 + random.nextInt(random.nextBoolean() ? 4 : 2_000);
            byte[] damaged = damage(bytes, start, Math.min(bytes.length, start + length), random);
            Files.write(segment, damaged);
            List<Integer> read;
            try (Opened opened = new Opened(directory)) {
                read = SpoolTest.readAll(opened.spool);
            }
            List<Integer> whole = read.stream().filter(number -> number >= 0).toList();
            assertThat(whole).as("seed %d, round %d", seed, round).isSorted().doesNotHaveDuplicates();
            int lostAtMost = 2 + length / 60;
            assertThat(whole.size()).as("seed %d, round %d", seed, round).isGreaterThanOrEqualTo(LETTERS - lostAtMost);
        }
    }

    private record Opened(Spool spool) implements AutoCloseable {
        Opened(Path directory) {
            this(new Spool(directory, 1L << 30, 0));
        }

        @Override
        public void close() throws IOException {
            spool.close();
        }
    }

    private static void fill(Path directory, Random random) throws IOException {
        try (Opened opened = new Opened(directory)) {
            CompletableFuture.allOf(IntStream.range(0, LETTERS)
                            .mapToObj(i -> Letters.letter(i, "x".repeat(random.nextInt(300))))
                            .map(letter -> opened.spool.append(letter, Importance.WATCHED))
                            .toArray(CompletableFuture<?>[]::new))
                    .join();
        }
    }

    private static Path segment(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".spool"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static byte[] damage(byte[] bytes, int from, int to, Random random) {
        byte[] damaged = bytes.clone();
        switch (random.nextInt(4)) {
            case 0 -> Arrays.fill(damaged, from, to, (byte) 0);
            case 1 -> {
                for (int i = from; i < to; i++) {
                    damaged[i] = (byte) random.nextInt();
                }
            }
            case 2 -> damaged[from] ^= (byte) (1 << random.nextInt(8));
            default -> {
                // A stretch is missing.
                byte[] shorter = Arrays.copyOf(bytes, bytes.length - (to - from));
                System.arraycopy(bytes, to, shorter, from, bytes.length - to);
                damaged = shorter;
            }
        }
        return damaged;
    }

    @Test
    void aReportThatHoldsTheBytesOfARecordIsNotTakenForOne() throws IOException {
        Path directory = parent.resolve("spool");
        fill(directory, new Random(1));
        byte[] forged = Files.readAllBytes(segment(directory));
        Path other = parent.resolve("other");
        try (Opened opened = new Opened(other)) {
            String value = new String(forged, java.nio.charset.StandardCharsets.ISO_8859_1);
            opened.spool
                    .append(
                            new dev.sealpost.stream.Letter.ReportLetter(
                                    Letters.origin(1_000),
                                    "example.org",
                                    value.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)),
                            Importance.WATCHED)
                    .join();
        }
        Path segment = segment(other);
        byte[] bytes = Files.readAllBytes(segment);
        bytes[Frame.HEADER_BYTES + 5] ^= 1;
        Files.write(segment, bytes);
        try (Opened opened = new Opened(other)) {
            assertThat(SpoolTest.readAll(opened.spool)).containsOnly(-1);
        }
    }
}
