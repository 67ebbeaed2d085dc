package dev.sealpost.report;

import static dev.sealpost.report.Samples.HEAD;
import static dev.sealpost.report.Samples.PLAIN;
import static dev.sealpost.report.Samples.gzip;
import static dev.sealpost.report.Samples.join;
import static dev.sealpost.report.Samples.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reports made to be dear: each has one answer and costs less than two seconds of CPU on a slow, busy machine. */
@Timeout(120)
class HostileReportsTest {
    private static final long MAX_CPU_NANOS = 2_000_000_000;
    private static final int MAX_BYTES = Limits.DEFAULT.maxJsonBytes();
    private static final String U_LABEL = IntStream.range(0, 59)
            .mapToObj(i -> Character.toString(0x4e00 + 7 * i))
            .collect(Collectors.joining());

    private final ReportReader reader = new ReportReader(Limits.DEFAULT);

    @AfterEach
    void theNextReportIsReadAsEver() {
        assertThat(reader.read(utf8(PLAIN)))
                .isInstanceOfSatisfying(
                        Readable.class,
                        readable -> assertThat(readable.report().flags()).isEmpty());
    }

    @Test
    void tenGigabytesInLayers() {
        byte[] member = gzip(new byte[32 << 20]);
        byte[] members = join(repeated(member, 320));
        assertAnswer(members, Reason.TOO_LARGE);
        assertAnswer(gzip(members), Reason.TOO_LARGE);
        assertAnswer(gzip(gzip(members)), Reason.TOO_DEEP);
    }

    @Test
    void emptyMembersAndEntries() {
        byte[] empty = gzip(new byte[0]);
        assertAnswer(join(repeated(empty, 100_000)), Reason.TOO_LARGE);
        assertAnswer(join(gzip(utf8(PLAIN)), join(repeated(empty, 1_000_000))), Reason.TOO_LARGE);
        assertAnswer(Samples.zip(repeated(empty, 1_001)), Reason.TOO_LARGE);
    }

    @Test
    void membersAndEntriesInOtherContainers_countTogether() {
        byte[] members = join(repeated(gzip(new byte[0]), 9_990));
        assertAnswer(Samples.zip(repeated(members, 100)), Reason.TOO_LARGE);
        byte[] entries = Samples.zip(repeated(utf8("{"), 600));
        assertAnswer(Samples.zip(entries, utf8(PLAIN)), null);
        assertAnswer(Samples.zip(repeated(entries, 100)), Reason.TOO_LARGE);
    }

    /** The directory names one entry 65,000 times; and, dearer for a reader of streams, the entry is there again. */
    @Test
    void overlappingZipEntries() {
        byte[] kernel = Samples.zip(new byte[20 << 20]);
        byte[] local = Arrays.copyOf(kernel, kernel.length - 22 - 46 - 9);
        byte[] directory = Arrays.copyOfRange(kernel, local.length, kernel.length - 22);
        assertAnswer(join(local, join(repeated(directory, 65_000))), Reason.NOT_A_REPORT);
        assertAnswer(join(repeated(local, 1_000)), Reason.TOO_LARGE);
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 16, 24})
    void headerFieldsOfTenMegabytes(int flags) {
        byte[] packed = gzip(utf8(PLAIN));
        byte[] header = Arrays.copyOf(packed, 10);
        header[3] = (byte) flags;
        byte[] text = new byte[10 << 20];
        Arrays.fill(text, (byte) 'a');
        assertAnswer(join(header, text), Reason.TRUNCATED);
        text[text.length - 1] = 0;
        byte[] fields = flags == 24 ? join(text, text) : text;
        assertAnswer(join(header, fields, Arrays.copyOfRange(packed, 10, packed.length)), null);
    }

    @Test
    void aMillionMembers() {
        StringBuilder members = new StringBuilder(HEAD);
        for (int i = 0; i < 999_900; i++) {
            members.append(",\"k").append(i).append("\":0");
        }
        assertAnswer(utf8(members + ",\"policies\":[]}"), null);
        assertAnswer(utf8(members + ",\"x\":0".repeat(200) + ",\"policies\":[]}"), Reason.TOO_LARGE);
    }

    @Test
    void namesThatCollide() {
        assertAnswer(named(IntStream.range(0, 1 << 16).mapToObj(i -> blocks(i, "Aa", "BB"))), null);
        assertAnswer(named(jacksonCollisions(500).stream()), null);
        assertAnswer(named(jacksonCollisions(20_000).stream()), Reason.TOO_LARGE);
        byte[] healed = named(IntStream.range(0, 1 << 16).mapToObj(i -> blocks(i, "Ab", "BA")));
        healed[2] = (byte) 0xff;
        assertAnswer(healed, Reason.TOO_LARGE);
    }

    @Test
    void valuesThatCollide() {
        String details = IntStream.range(0, 1 << 16)
                .mapToObj(i -> "{\"failure-reason-code\":\"" + blocks(i, "Aa", "BB") + "\"}")
                .collect(Collectors.joining(","));
        assertAnswer(utf8(HEAD + ",\"policies\":[{\"failure-details\":[" + details + "]}]}"), null);
    }

    @Test
    void namesInOtherScripts() {
        String host = "{\"receiving-mx-hostname\":\"" + U_LABEL + "\"},";
        assertAnswer(filled(",\"policies\":[{\"failure-details\":[", host, "{}]}]}"), null);
        String longer = "{\"receiving-mx-hostname\":\"" + U_LABEL.repeat(17) + "\"},";
        assertAnswer(filled(",\"policies\":[{\"failure-details\":[", longer, "{}]}]}"), null);
        String hosts = "{\"policy\":{\"mx-host\":[" + "\"\u00e9\",".repeat(999) + "1]}},";
        assertAnswer(filled(",\"policies\":[", hosts, "{}]}"), Reason.TOO_LARGE);
    }

    @Test
    void jsonInsideOfStrings() {
        String lines = "{\"policy\":{\"policy-string\":[" + "\"[\",".repeat(999) + "1]}},";
        assertAnswer(filled(",\"policies\":[", lines, "{}]}"), Reason.TOO_LARGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "\"e\"", "\"1e-2147483649\"", "1e-2147483649", "12345678901234567890123456789012"})
    void numbersThatAreNone(String number) {
        String counts = "\"total-failure-session-count\":" + number + ",";
        String most = counts.repeat(Math.min(990_000, (MAX_BYTES - 1_000) / counts.length()));
        assertAnswer(utf8(HEAD + ",\"policies\":[{\"summary\":{" + most + "\"x\":1}}]}"), null);
        String dates = "\"start-datetime\":" + number + ",";
        String all = dates.repeat(Math.min(990_000, (MAX_BYTES - 1_000) / dates.length()));
        assertAnswer(utf8("{\"report-id\":\"r\",\"date-range\":{" + all + "\"x\":1}}"), Reason.NO_DATES);
    }

    @Test
    void bytesThatAreNoUtf8() {
        byte[] bytes = filled(",\"x\":[", "\"~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~\",", "1],\"policies\":[]}");
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = bytes[i] == '~' ? (byte) 0xff : bytes[i];
        }
        assertAnswer(bytes, null);
    }

    @Test
    void otherEncodings() {
        for (String name : new String[] {"UTF-32LE", "UTF-32BE"}) {
            Charset charset = Charset.forName(name);
            assertAnswer(("\uFEFF" + PLAIN).getBytes(charset), Reason.NOT_A_REPORT);
            assertThat(reader.read(PLAIN.getBytes(charset))).isInstanceOf(Rejection.class);
        }
        String wide = "\"" + "\u3042".repeat(1_000) + "\",";
        String text = HEAD + ",\"x\":[" + wide.repeat((MAX_BYTES / 2 - 1_000) / wide.length()) + "1],\"policies\":[]}";
        assertAnswer(text.getBytes(StandardCharsets.UTF_16LE), Reason.TOO_LARGE);
    }

    private void assertAnswer(byte[] input, @Nullable Reason reason) {
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        Reading reading = reader.read(input);
        long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
        assertThat(reading instanceof Rejection why ? why.reason() : null).isEqualTo(reason);
        assertThat(nanos).as("nanoseconds of CPU").isLessThan(MAX_CPU_NANOS);
    }

    private static byte[] filled(String begin, String unit, String end) {
        int space = MAX_BYTES - utf8(HEAD + begin + end).length;
        return utf8(HEAD + begin + unit.repeat(space / utf8(unit).length) + end);
    }

    private static byte[] named(Stream<String> names) {
        return utf8("{\"~\":0," + names.map(name -> "\"" + name + "\":0,").collect(Collectors.joining())
                + HEAD.substring(1) + ",\"policies\":[]}");
    }

    /** The i-th of the words made of these two, which have one hash. */
    private static String blocks(int i, String zero, String one) {
        return IntStream.range(0, 16)
                .mapToObj(bit -> (i >> bit & 1) == 0 ? zero : one)
                .collect(Collectors.joining());
    }

    /** Names of eight letters for which Jackson's table of names has one hash, whatever its random seed. */
    private static List<String> jacksonCollisions(int count) {
        List<String> names = new ArrayList<>();
        int inverseOf33 = 0x3e0f83e1;
        int abcd = 0x61626364;
        int efgh = 0x65666768;
        int hash = mixed(abcd) + 33 * efgh;
        for (int first = 0x61616161; names.size() < count; first++) {
            int second = (hash - mixed(first)) * inverseOf33;
            if (isLetters(first) && isLetters(second)) {
                names.add(letters(first) + letters(second));
            }
        }
        return names;
    }

    private static int mixed(int quad) {
        int hash = quad + (quad >>> 15);
        return hash ^ (hash >>> 9);
    }

    private static boolean isLetters(int quad) {
        return letters(quad).chars().allMatch(c -> c > ' ' && c < 0x7f && c != '"' && c != '\\');
    }

    private static String letters(int quad) {
        return "" + (char) (quad >>> 24) + (char) (quad >>> 16 & 0xff) + (char) (quad >>> 8 & 0xff)
                + (char) (quad & 0xff);
    }

    private static byte[][] repeated(byte[] bytes, int times) {
        byte[][] all = new byte[times][];
        Arrays.fill(all, bytes);
        return all;
    }
}
