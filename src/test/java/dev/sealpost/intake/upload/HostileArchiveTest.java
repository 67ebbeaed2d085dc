package dev.sealpost.intake.upload;

import static dev.sealpost.intake.upload.Packing.add;
import static dev.sealpost.intake.upload.Packing.gzip;
import static dev.sealpost.intake.upload.Packing.json;
import static dev.sealpost.intake.upload.Packing.link;
import static dev.sealpost.intake.upload.Packing.mail;
import static dev.sealpost.intake.upload.Packing.mbox;
import static dev.sealpost.intake.upload.Packing.report;
import static dev.sealpost.intake.upload.Packing.tar;
import static dev.sealpost.intake.upload.Packing.tarOf;
import static dev.sealpost.intake.upload.Packing.utf8;
import static dev.sealpost.intake.upload.Packing.zip;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.zip.GZIPOutputStream;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.tar.TarUtils;
import org.junit.jupiter.api.Test;

/** Archives that are made to hurt: what is beside the trap is imported, and nothing grows. */
class HostileArchiveTest {
    @Test
    void onlyRegularMembersAreRead() {
        byte[] archive = tar(tar -> {
            add(tar, "a", report("a"));
            link(tar, TarConstants.LF_SYMLINK, "b", "/etc/shadow");
            link(tar, TarConstants.LF_LINK, "c", "../../etc/shadow");
            link(tar, TarConstants.LF_CHR, "d", "");
            link(tar, TarConstants.LF_BLK, "e", "");
            link(tar, TarConstants.LF_FIFO, "f", "");
            link(tar, TarConstants.LF_DIR, "g/", "");
            add(tar, "h", report("h"));
        });
        Found found = Found.in(archive);
        assertThat(found.reports()).containsExactly("a", "h");
        assertThat(found.skipped()).hasSize(5).allMatch(skipped -> skipped.startsWith("NOT_A_FILE source/"));
    }

    @Test
    void longNamesAndLargeSizesAreReadAsTheLibraryWritesThem() {
        for (int mode : List.of(TarArchiveOutputStream.LONGFILE_POSIX, TarArchiveOutputStream.LONGFILE_GNU)) {
            byte[] archive = tar(tar -> {
                tar.setLongFileMode(mode);
                add(tar, "x".repeat(5_000), report("a"));
                add(tar, "\u00fc", report("b"));
            });
            assertThat(Found.in(archive).reports()).containsExactly("a", "b");
        }
    }

    @Test
    void attributesOfAnyLengthAreNotTakenIntoMemory() {
        byte[] header = header(TarConstants.LF_PAX_EXTENDED_HEADER_LC, 1L << 33);
        InputStream endless = new SequenceInputStream(new ByteArrayInputStream(header), zeros(1L << 33));
        Found found = Found.in(endless, "pax", new DocumentLimits(1 << 20, 1 << 20, 1 << 20));
        assertThat(found.skipped()).containsExactly("DAMAGED pax");
        byte[] name = header(TarConstants.LF_GNUTYPE_LONGNAME, 1L << 30);
        Found long1 = Found.in(
                new SequenceInputStream(Collections.enumeration(List.of(
                        new ByteArrayInputStream(name),
                        zeros(1L << 30),
                        new ByteArrayInputStream(tarOf(report("a")))))),
                "name",
                new DocumentLimits(1 << 20, 1 << 20, 1 << 20));
        assertThat(long1.reports()).containsExactly("a");
    }

    @Test
    void aSizeOfThePaxHeaderCounts_andASparseFileIsNone() throws IOException {
        byte[] archive = tar(tar -> {
            TarArchiveEntry entry = new TarArchiveEntry("sparse", true);
            entry.addPaxHeader("GNU.sparse.major", "1");
            entry.addPaxHeader("GNU.sparse.realsize", "1099511627776");
            entry.setSize(4);
            tar.putArchiveEntry(entry);
            tar.write(new byte[4]);
            tar.closeArchiveEntry();
            add(tar, "b", report("b"));
        });
        Found found = Found.in(archive);
        assertThat(found.reports()).containsExactly("b");
        assertThat(found.skipped()).containsExactly("NOT_A_FILE source/sparse");

        byte[] pax = utf8("12 size=" + report("a").length + "\n");
        assertThat(pax).hasSize(12);
        ByteArrayOutputStream own = new ByteArrayOutputStream();
        own.write(header(TarConstants.LF_PAX_EXTENDED_HEADER_LC, pax.length));
        own.write(Arrays.copyOf(pax, 512));
        own.write(header(TarConstants.LF_NORMAL, 0));
        own.write(Arrays.copyOf(report("a"), 512 * ((report("a").length + 511) / 512)));
        own.write(tarOf(report("b")));
        assertThat(Found.in(own.toByteArray()).reports()).containsExactly("a", "b");
    }

    @Test
    void theOldFormOfSparseFilesIsPassedOver() throws IOException {
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        byte[] sparse = header(TarConstants.LF_GNUTYPE_SPARSE, 3);
        sparse[482] = 1;
        archive.write(checked(sparse));
        byte[] map = new byte[512];
        map[504] = 1;
        archive.write(map);
        archive.write(new byte[512]);
        archive.write(Arrays.copyOf(new byte[] {1, 2, 3}, 512));
        archive.write(tarOf(report("a")));
        assertThat(Found.in(archive.toByteArray()).reports()).containsExactly("a");
    }

    @Test
    void aTarThatEndsTooEarlyGivesWhatItHas() {
        byte[] archive = tarOf(report("a"), report("b"));
        Found found = Found.in(Arrays.copyOf(archive, 512 + 1_024 + 700));
        assertThat(found.reports()).containsExactly("a");
        assertThat(found.skipped()).containsExactly("DAMAGED source");
        byte[] packed = gzip(archive);
        assertThat(Found.in(Arrays.copyOf(packed, packed.length - 20)).skipped())
                .hasSize(1);
    }

    @Test
    void manyMembersAreManyDocuments() {
        byte[] archive = tar(tar -> {
            for (int i = 0; i < 100_000; i++) {
                add(tar, "x", new byte[0]);
            }
        });
        assertThat(Found.in(archive).unreadable()).isEqualTo(100_000);
    }

    @Test
    void aBombIsMeasuredWhileItUnpacks() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            byte[] chunk = new byte[1 << 20];
            Arrays.fill(chunk, (byte) 'x');
            for (int i = 0; i < 100; i++) {
                gzip.write(chunk);
            }
        }
        Found junk = Found.in(tarOf(report("a"), packed.toByteArray(), report("b")));
        assertThat(junk.reports()).containsExactly("a", "b");
        assertThat(junk.skipped()).singleElement().asString().startsWith("TOO_LARGE source/");

        byte[] endless = packed.toByteArray();
        byte[] many = new byte[endless.length * 30];
        for (int i = 0; i < 30; i++) {
            System.arraycopy(endless, 0, many, i * endless.length, endless.length);
        }
        Found found = Found.in(gzip(many));
        assertThat(found.skipped().getLast()).startsWith("TOO_MANY source: unpacks to more than 200 times");
    }

    @Test
    void layersAreCounted() {
        byte[] nested = report("a");
        for (int i = 0; i < 8; i++) {
            nested = i % 2 == 0 ? gzip(nested) : zip(nested);
        }
        assertThat(Found.in(nested).reports()).containsExactly("a");
        Found deeper = Found.in(tarOf(tarOf(gzip(gzip(nested))), report("b")));
        assertThat(deeper.reports()).containsExactly("b");
        assertThat(deeper.skipped()).singleElement().asString().startsWith("TOO_DEEP");
    }

    @Test
    void documentsOverTheLimitAreNamedAndCostNoOther() {
        DocumentLimits small = new DocumentLimits(2_000, 3_000, 4_000);
        String large = json("large").replace("Carrier", "C".repeat(3_000));
        byte[] archive = tarOf(
                utf8(large),
                utf8(json("a") + "\n" + large + "\n" + json("b")),
                utf8("x".repeat(2_001)),
                utf8(mbox(mail("c"), mail("d") + "x".repeat(4_000) + "\n", mail("e"))),
                report("f"));
        Found found = Found.in(new ByteArrayInputStream(archive), "t", small);
        assertThat(found.reports()).containsExactly("a", "b", "c", "e", "f");
        assertThat(found.skipped()).hasSize(4).allMatch(skipped -> skipped.startsWith("TOO_LARGE t/"));
    }

    @Test
    void anMboxLineMayBeOfAnyLength() {
        InputStream endless = new SequenceInputStream(Collections.enumeration(List.of(
                new ByteArrayInputStream(utf8(mbox(mail("a")) + mbox(""))),
                zeros(300L << 20),
                new ByteArrayInputStream(utf8("\n\n" + mbox(mail("b")))))));
        Found found = Found.in(endless, "m", new DocumentLimits(1 << 20, 1 << 20, 1 << 20));
        assertThat(found.reports()).containsExactly("a", "b");
        assertThat(found.skipped()).containsExactly("TOO_LARGE m mail 2");
    }

    private static byte[] header(byte type, long size) {
        byte[] header = new byte[512];
        header[0] = 'x';
        TarUtils.formatLongOctalOrBinaryBytes(size, header, 124, 12);
        header[156] = type;
        System.arraycopy("ustar".getBytes(StandardCharsets.US_ASCII), 0, header, 257, 5);
        return checked(header);
    }

    private static byte[] checked(byte[] header) {
        Arrays.fill(header, 148, 156, (byte) ' ');
        TarUtils.formatCheckSumOctalBytes(TarUtils.computeCheckSum(header), header, 148, 8);
        return header;
    }

    private static InputStream zeros(long count) {
        return new InputStream() {
            private long left = count;

            @Override
            public int read() {
                return left-- > 0 ? 0 : -1;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                int given = (int) Math.min(left, length);
                left -= given;
                Arrays.fill(bytes, offset, offset + given, (byte) 0);
                return given == 0 ? -1 : given;
            }
        };
    }
}
