package dev.sealpost.intake.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

import dev.sealpost.stream.Letter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
    private static final long LARGE = 1L << 30;

    @TempDir
    private Path parent;

    private final List<Spool> opened = new ArrayList<>();

    private Spool open(long maxSize, long minFree) {
        Spool spool = new Spool(parent.resolve("spool"), maxSize, minFree);
        opened.add(spool);
        return spool;
    }

    private Spool open() {
        return open(LARGE, 0);
    }

    private void close() throws IOException {
        for (Spool spool : opened) {
            spool.close();
        }
        opened.clear();
    }

    @AfterEach
    void closeAll() throws IOException {
        close();
    }

    private static void append(Spool spool, int from, int to) {
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int i = from; i < to; i++) {
            all.add(spool.append(Letters.letter(i), Importance.WATCHED));
        }
        all.forEach(CompletableFuture::join);
    }

    /** All that is there, as numbers; damaged stretches as -1. What was read is removed. */
    static List<Integer> readAll(Spool spool) {
        SpoolReader reader = new SpoolReader(spool.disk().orElseThrow().segments());
        List<Integer> numbers = new ArrayList<>();
        List<SegmentReader.Entry> batch = reader.next(7, 1 << 20);
        while (!batch.isEmpty()) {
            for (SegmentReader.Entry entry : batch) {
                Letter letter =
                        entry instanceof SegmentReader.Intact record ? LetterBytes.read(record.payload()) : null;
                numbers.add(letter == null ? -1 : Letters.number(letter));
            }
            batch = reader.next(7, 1 << 20);
        }
        reader.close();
        return numbers;
    }

    private List<Path> segments() throws IOException {
        try (Stream<Path> files = Files.list(parent.resolve("spool"))) {
            return files.filter(file -> file.toString().endsWith(".spool"))
                    .sorted()
                    .toList();
        }
    }

    private static List<Integer> numbers(int from, int to) {
        return Stream.iterate(from, i -> i < to, i -> i + 1).toList();
    }

    @Test
    void whatWasTakenComesOutOldestFirstOverRestartsAndIsThenGone() throws IOException {
        append(open(), 0, 100);
        close();
        append(open(), 100, 150);
        close();
        Spool spool = open();
        assertThat(spool.reports()).isEqualTo(150);
        append(spool, 150, 160);
        assertThat(readAll(spool)).isEqualTo(numbers(0, 160));
        assertThat(segments()).isEmpty();
        assertThat(spool.bytes()).isZero();
        append(spool, 160, 161);
        assertThat(readAll(spool)).containsExactly(160);
    }

    @Test
    void whatWasReadAndNotAllOfASegmentComesAgainAfterARestart() throws IOException {
        Spool spool = open();
        append(spool, 0, 10);
        SpoolReader reader = new SpoolReader(spool.disk().orElseThrow().segments());
        assertThat(reader.next(4, LARGE)).hasSize(4);
        reader.close();
        close();
        assertThat(readAll(open())).isEqualTo(numbers(0, 10));
    }

    @Test
    void aTornEndIsSetAsideAndWhatComesBehindIsRead() throws IOException {
        append(open(), 0, 10);
        close();
        Path segment = segments().getFirst();
        byte[] bytes = Files.readAllBytes(segment);
        Files.write(segment, java.util.Arrays.copyOf(bytes, bytes.length - 5));
        Spool spool = open();
        append(spool, 10, 20);
        List<Integer> expected = new ArrayList<>(numbers(0, 9));
        expected.add(-1);
        expected.addAll(numbers(10, 20));
        assertThat(readAll(spool)).isEqualTo(expected);
    }

    @Test
    void strangersMayNotFillTheRoomOfWatchedDomains() {
        Spool spool = open(8_000, 0);
        assertThat(fill(spool, Importance.JUNK)).isBetween(3_000L, 4_000L);
        assertThat(fill(spool, Importance.UNCLAIMED)).isBetween(5_000L, 6_000L);
        assertThat(fill(spool, Importance.WATCHED)).isBetween(7_000L, 8_000L);
        assertThat(spool.refusal()).isEqualTo("the spool is full");
    }

    private static long fill(Spool spool, Importance importance) {
        for (int i = 0; i < 1_000; i++) {
            CompletableFuture<Void> taken = spool.append(Letters.letter(i), importance);
            try {
                taken.join();
            } catch (java.util.concurrent.CompletionException full) {
                assertThat(full).hasRootCauseMessage("the spool is full");
                return spool.bytes();
            }
        }
        throw new AssertionError("never full");
    }

    @Test
    void aDiskWithTooLittleLeftTakesNothing() {
        Spool spool = open(LARGE, Long.MAX_VALUE / 2);
        assertThatThrownBy(() ->
                        spool.append(Letters.letter(1), Importance.WATCHED).get())
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseMessage("the spool's disk is full");
        assertThat(spool.refusal()).isEqualTo("the spool's disk is full");
    }

    @Test
    void aSecondUserOfTheDirectoryIsRefused() {
        open();
        assertThatThrownBy(this::open)
                .isInstanceOfAny(IllegalStateException.class, java.nio.channels.OverlappingFileLockException.class);
    }

    @Test
    void filesAreTheOwnersAlone() throws IOException {
        append(open(), 0, 1);
        for (Path file : segments()) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(parent.resolve("spool"))))
                .isEqualTo("rwx------");
    }

    @Test
    void aSymbolicLinkIsNoDirectory() throws IOException {
        Files.createDirectory(parent.resolve("elsewhere"));
        Files.createSymbolicLink(parent.resolve("spool"), parent.resolve("elsewhere"));
        assertThatThrownBy(this::open).hasMessageContaining("symbolic link");
    }

    @Test
    void foreignFilesAreLeftAlone() throws IOException {
        open();
        close();
        Path spool = parent.resolve("spool");
        Files.writeString(spool.resolve("notes.txt"), "mine");
        Files.createDirectory(spool.resolve("0000000000000000-00000000000000aa.spool"));
        Files.createSymbolicLink(spool.resolve("0000000000000000-00000000000000ab.spool"), spool.resolve("notes.txt"));
        Files.createFile(spool.resolve("0000000000000000-00000000000000ac.spool"));
        Spool again = open();
        append(again, 0, 3);
        assertThat(readAll(again)).isEqualTo(numbers(0, 3));
        assertThat(spool.resolve("notes.txt")).hasContent("mine");
    }
}
