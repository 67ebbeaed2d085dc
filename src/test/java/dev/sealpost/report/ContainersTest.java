package dev.sealpost.report;

import static dev.sealpost.report.Samples.PLAIN;
import static dev.sealpost.report.Samples.gzip;
import static dev.sealpost.report.Samples.join;
import static dev.sealpost.report.Samples.rejection;
import static dev.sealpost.report.Samples.report;
import static dev.sealpost.report.Samples.utf8;
import static dev.sealpost.report.Samples.zip;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.junit.jupiter.api.Test;

class ContainersTest {
    private static final byte[] JSON = utf8(PLAIN);
    private static final byte[] GZIP = gzip(JSON);

    private final ReportReader reader = new ReportReader(Limits.DEFAULT);

    @Test
    void plainJson_isRead_withItsBytesUnchanged() {
        assertThat(reader.read(JSON)).isEqualTo(new Readable(report(JSON), JSON));
        assertThat(report(JSON).flags()).isEmpty();
    }

    @Test
    void partOfAnArray_isRead() {
        byte[] padded = join(utf8("xx"), JSON, utf8("yy"));
        assertThat(reader.read(padded, 2, JSON.length)).isEqualTo(reader.read(JSON));
    }

    @Test
    void gzip_givesTheSameReportAndJson() {
        assertThat(reader.read(GZIP)).isEqualTo(reader.read(JSON));
    }

    @Test
    void gzip_inTwoMembers_isOneText() {
        byte[] half = gzip(Arrays.copyOf(JSON, 50));
        byte[] rest = gzip(Arrays.copyOfRange(JSON, 50, JSON.length));
        assertThat(report(join(half, rest)).flags()).containsExactly(Flag.GZIP_MULTI_MEMBER);
    }

    @Test
    void gzip_withBytesAfterIt_isRead() {
        assertThat(report(join(GZIP, utf8("\r\n"))).flags()).containsExactly(Flag.GZIP_TRAILING_BYTES);
    }

    @Test
    void gzip_inGzip_isRead_butNotOnceMore() {
        assertThat(report(gzip(GZIP)).flags()).containsExactly(Flag.GZIP_IN_GZIP);
        assertThat(rejection(gzip(gzip(GZIP))).reason()).isEqualTo(Reason.TOO_DEEP);
    }

    @Test
    void gzip_headerFields_areSkipped() {
        byte[] header = Arrays.copyOf(GZIP, 10);
        header[3] = 2 | 4 | 8 | 16;
        byte[] fields = join(new byte[] {3, 0, 9, 9, 9}, utf8("../../x\0comment\0"), new byte[] {7, 7});
        byte[] body = Arrays.copyOfRange(GZIP, 10, GZIP.length);
        assertThat(report(join(header, fields, body))).isEqualTo(report(JSON));
    }

    @Test
    void gzip_withAHugeName_isRead() {
        byte[] header = Arrays.copyOf(GZIP, 10);
        header[3] = 8;
        byte[] name = new byte[10 << 20];
        Arrays.fill(name, (byte) 'a');
        name[name.length - 1] = 0;
        assertThat(report(join(header, name, Arrays.copyOfRange(GZIP, 10, GZIP.length))))
                .isEqualTo(report(JSON));
    }

    @Test
    void gzip_withWrongChecksum_isRejected() {
        byte[] broken = GZIP.clone();
        broken[GZIP.length - 8] ^= 1;
        assertThat(rejection(broken).reason()).isEqualTo(Reason.BAD_CHECKSUM);
    }

    @Test
    void gzip_withWrongSize_isRejected() {
        byte[] broken = GZIP.clone();
        broken[GZIP.length - 1] ^= 1;
        assertThat(rejection(broken).reason()).isEqualTo(Reason.BAD_CHECKSUM);
    }

    @Test
    void gzip_cutAnywhere_isTruncated() {
        for (int length = 2; length < GZIP.length; length++) {
            assertThat(rejection(Arrays.copyOf(GZIP, length)).reason())
                    .as("first %d bytes", length)
                    .isEqualTo(Reason.TRUNCATED);
        }
    }

    @Test
    void json_cutAnywhere_isRejected() {
        for (int length = 0; length < JSON.length; length++) {
            assertThat(rejection(Arrays.copyOf(JSON, length)).reason())
                    .as("first %d bytes", length)
                    .isIn(length == 0 ? Reason.EMPTY : Reason.TRUNCATED, Reason.BAD_JSON);
        }
    }

    @Test
    void zip_firstEntryThatIsAReport_counts() {
        byte[] packed = zip(utf8("read me"), new byte[0], JSON, utf8("{}"));
        assertThat(report(packed).flags()).containsExactly(Flag.ZIP);
        assertThat(reader.read(packed))
                .isInstanceOfSatisfying(
                        Readable.class, readable -> assertThat(readable.json()).isEqualTo(JSON));
    }

    @Test
    void zip_ofGzip_isRead() {
        assertThat(report(zip(GZIP)).reportId()).isEqualTo("r-1");
    }

    @Test
    void zip_withoutReport_isNoReport() {
        assertThat(rejection(zip(utf8("read me"))).reason()).isEqualTo(Reason.NOT_A_REPORT);
        assertThat(rejection(zip(utf8("read me"), utf8("{\"report-id\":"))).reason())
                .isEqualTo(Reason.TRUNCATED);
        assertThat(rejection(zip()).reason()).isEqualTo(Reason.NOT_A_REPORT);
    }

    @Test
    void zip_damagedOrCut_isRejected() {
        byte[] packed = zip(JSON);
        assertThat(rejection(Arrays.copyOf(packed, 60)).reason()).isEqualTo(Reason.TRUNCATED);
        packed[60] ^= 0x55;
        assertThat(rejection(packed).reason()).isIn(Reason.BAD_CHECKSUM, Reason.TRUNCATED);
    }

    @Test
    void byteOrderMarksAndUtf16_areAccepted() {
        assertThat(report("\uFEFF" + PLAIN).flags()).containsExactly(Flag.UTF8_BOM);
        for (String text : new String[] {PLAIN, "\uFEFF" + PLAIN, "\uFEFF \n" + PLAIN}) {
            assertThat(report(text.getBytes(StandardCharsets.UTF_16LE)).flags()).containsExactly(Flag.UTF16);
            assertThat(reader.read(text.getBytes(StandardCharsets.UTF_16BE)))
                    .isInstanceOfSatisfying(
                            Readable.class,
                            readable -> assertThat(readable.json()).isEqualTo(JSON));
        }
    }

    @Test
    void utf16AndUtf32_afterOtherBytes_areNoJson() {
        for (String begin : new String[] {" ", "\uFEFF"}) {
            byte[] wide = PLAIN.getBytes(StandardCharsets.UTF_16LE);
            assertThat(rejection(join(utf8(begin), wide)).reason()).isEqualTo(Reason.BAD_JSON);
        }
        byte[] utf32 = "{}".getBytes(Charset.forName("UTF-32LE"));
        assertThat(rejection(utf32).reason()).isEqualTo(Reason.BAD_JSON);
        assertThat(rejection(join(utf8(" "), utf32)).reason()).isEqualTo(Reason.BAD_JSON);
    }

    @Test
    void bytesAfterTheObject_areIgnored() {
        Reading reading = reader.read(utf8(" \n" + PLAIN + "\r\n garbage"));
        assertThat(reading).isInstanceOfSatisfying(Readable.class, readable -> {
            assertThat(readable.report().flags()).containsExactly(Flag.TRAILING_DATA);
            assertThat(readable.json()).isEqualTo(JSON);
        });
        assertThat(report(PLAIN + "\r\n\t ").flags()).isEmpty();
    }

    @Test
    void invalidUtf8_isReplaced() {
        byte[] broken = JSON.clone();
        broken[PLAIN.indexOf("Carrier")] = (byte) 0xff;
        Reading reading = reader.read(broken);
        assertThat(reading).isInstanceOfSatisfying(Readable.class, readable -> {
            assertThat(readable.report().organizationName()).isEqualTo("\uFFFDarrier");
            assertThat(readable.report().flags()).containsExactly(Flag.INVALID_UTF8);
            assertThat(readable.json()).isEqualTo(broken);
        });
    }

    @Test
    void whatIsNoContainerAndNoJson_isNoReport() {
        assertThat(rejection(new byte[0]).reason()).isEqualTo(Reason.EMPTY);
        assertThat(rejection(utf8(" \r\n\t")).reason()).isEqualTo(Reason.EMPTY);
        assertThat(rejection(gzip(new byte[0])).reason()).isEqualTo(Reason.EMPTY);
        assertThat(rejection(utf8("<feedback>")).reason()).isEqualTo(Reason.NOT_A_REPORT);
        assertThat(rejection(utf8("[1,2]")).reason()).isEqualTo(Reason.NOT_A_REPORT);
        assertThat(rejection(utf8("{\"a\":1}")).reason()).isEqualTo(Reason.NOT_A_REPORT);
    }
}
