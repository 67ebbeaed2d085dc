package dev.sealpost.report;

import static dev.sealpost.report.Samples.HEAD;
import static dev.sealpost.report.Samples.PLAIN;
import static dev.sealpost.report.Samples.POLICY;
import static dev.sealpost.report.Samples.gzip;
import static dev.sealpost.report.Samples.join;
import static dev.sealpost.report.Samples.reason;
import static dev.sealpost.report.Samples.rejection;
import static dev.sealpost.report.Samples.report;
import static dev.sealpost.report.Samples.utf8;
import static dev.sealpost.report.Samples.zip;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LimitsTest {
    private static final int MAX = 1_000;

    private static final Limits SMALL = new Limits(MAX, 2, 8, 40, 100, 200, 2, 3, 2);

    private final ReportReader small = new ReportReader(SMALL);

    @Test
    void jsonBytes_countOverAllLayersAndMembers() {
        byte[] fits = utf8(PLAIN + " ".repeat(MAX - PLAIN.length()));
        byte[] exceeds = utf8(PLAIN + " ".repeat(MAX + 1 - PLAIN.length()));
        assertThat(small.read(fits)).isInstanceOf(Readable.class);
        assertThat(small.read(gzip(fits))).isInstanceOf(Readable.class);
        assertThat(small.read(zip(fits))).isInstanceOf(Readable.class);
        assertThat(rejection(small, exceeds).reason()).isEqualTo(Reason.TOO_LARGE);
        assertThat(rejection(small, gzip(exceeds)).reason()).isEqualTo(Reason.TOO_LARGE);
        assertThat(rejection(small, zip(exceeds)).reason()).isEqualTo(Reason.TOO_LARGE);
        assertThat(rejection(small, gzip(gzip(fits))).reason()).isEqualTo(Reason.TOO_LARGE);
        assertThat(rejection(small, zip(new byte[MAX / 2], fits)).reason()).isEqualTo(Reason.TOO_LARGE);
        byte[] second = gzip(new byte[MAX + 1 - PLAIN.length()]);
        assertThat(rejection(small, join(gzip(utf8(PLAIN)), second)).reason()).isEqualTo(Reason.TOO_LARGE);
    }

    @Test
    void aSmallReading_isTheWholeReading_orNone() {
        byte[] report = utf8(PLAIN);
        byte[] large = utf8(PLAIN + " ".repeat(MAX - PLAIN.length()));
        for (byte[] input : List.of(report, gzip(report), zip(report), utf8("junk"), gzip(utf8("junk")))) {
            assertThat(small.readSmall(input, MAX / 2))
                    .usingRecursiveComparison()
                    .isEqualTo(small.read(input));
        }
        // Of the zips the second entry alone would be small; the first one counts.
        for (byte[] input : List.of(large, gzip(large), gzip(gzip(report)), zip(large), zip(large, report))) {
            assertThat(small.readSmall(input, PLAIN.length() + 10)).isNull();
        }
        assertThat(small.readSmall(gzip(utf8(PLAIN + " ".repeat(MAX))), 2 * MAX))
                .as("over the limit of all, too")
                .isNull();
    }

    @Test
    void depth_atTheLimit_isRead() {
        assertThat(small.read(utf8(HEAD + ",\"x\":" + nested(7) + ",\"policies\":[]}")))
                .isInstanceOf(Readable.class);
        assertThat(rejection(small, utf8(HEAD + ",\"x\":" + nested(8) + ",\"policies\":[]}"))
                        .reason())
                .isEqualTo(Reason.TOO_DEEP);
    }

    @Test
    void namesAndStrings_atTheLimit_areRead() {
        assertThat(small.read(withMember("a".repeat(40), "1"))).isInstanceOf(Readable.class);
        assertThat(rejection(small, withMember("a".repeat(41), "1")).reason()).isEqualTo(Reason.TOO_LARGE);
        assertThat(small.read(withMember("contact-info", "\"" + "a".repeat(100) + "\"")))
                .isInstanceOf(Readable.class);
        assertThat(rejection(small, withMember("contact-info", "\"" + "a".repeat(101) + "\""))
                        .reason())
                .isEqualTo(Reason.TOO_LARGE);
    }

    @Test
    void utf16_isHeldToTheLimitsOfTheUtf8ItIsGivenBackAs() {
        String name = "\u00e9".repeat(20);
        assertThat(small.read(utf16(withMember(name, "1")))).isInstanceOf(Readable.class);
        assertThat(rejection(small, withMember(name + "\u00e9", "1")).reason()).isEqualTo(Reason.TOO_LARGE);
        assertThat(rejection(small, utf16(withMember(name + "\u00e9", "1"))).reason())
                .isEqualTo(Reason.TOO_LARGE);
        String member = "\"x\":\"" + "\u3042".repeat(90) + "\",";
        byte[] wide = utf16(utf8("{" + member.repeat(3) + HEAD.substring(1) + ",\"policies\":[]}"));
        assertThat(wide.length).isLessThanOrEqualTo(MAX);
        assertThat(rejection(small, wide).reason()).isEqualTo(Reason.TOO_LARGE);
    }

    @Test
    void tokens_atTheLimit_areRead() {
        // Braces, members and values of the rest make 24 tokens.
        assertThat(small.read(withMember("x", "[" + "1,".repeat(150) + "1]"))).isInstanceOf(Readable.class);
        assertThat(rejection(small, withMember("x", "[" + "1,".repeat(199) + "1]"))
                        .reason())
                .isEqualTo(Reason.TOO_LARGE);
    }

    @Test
    void digits_upTo1000_areABadCount_moreAnError() {
        String count = HEAD + ",\"policies\":[{\"policy\":{},\"summary\":{\"total-successful-session-count\":%s}}]}";
        assertThat(report(count.formatted("9".repeat(32))).policies().getFirst().flags())
                .contains(Flag.BAD_COUNT);
        assertThat(report(count.formatted("9".repeat(1_000)))
                        .policies()
                        .getFirst()
                        .totalSuccessfulSessionCount())
                .isNull();
        assertThat(reason(count.formatted("9".repeat(1_001)))).isEqualTo(Reason.TOO_LARGE);
    }

    @Test
    void policies_overTheCap_areLeftOut() {
        Reading two = small.read(utf8(HEAD + ",\"policies\":[" + POLICY + "," + POLICY + "]}"));
        assertThat(two)
                .isInstanceOfSatisfying(
                        Readable.class,
                        readable -> assertThat(readable.report().flags()).isEmpty());
        Reading three = small.read(utf8(HEAD + ",\"policies\":[" + POLICY + "," + POLICY + ",{}]}"));
        assertThat(three).isInstanceOfSatisfying(Readable.class, readable -> {
            assertThat(readable.report().policies()).hasSize(2);
            assertThat(readable.report().flags()).containsExactly(Flag.POLICIES_CUT);
        });
    }

    @Test
    void details_overTheCap_areLeftOut_andTheSummaryStays() {
        String policy = ",\"policies\":[{\"policy\":{},\"summary\":{\"total-failure-session-count\":4},"
                + "\"failure-details\":[%s{}]}]}";
        assertThat(small.read(utf8(HEAD + policy.formatted("{},{},"))))
                .isInstanceOfSatisfying(
                        Readable.class,
                        readable -> assertThat(readable.report().flags()).isEmpty());
        assertThat(small.read(utf8(HEAD + policy.formatted("{},{},{},"))))
                .isInstanceOfSatisfying(Readable.class, readable -> {
                    Policy cut = readable.report().policies().getFirst();
                    assertThat(cut.failureDetails()).hasSize(3);
                    assertThat(cut.totalFailureSessionCount()).isEqualTo(4);
                    assertThat(cut.flags()).contains(Flag.DETAILS_CUT);
                    assertThat(readable.report().flags()).containsExactly(Flag.DETAILS_CUT);
                });
    }

    @Test
    void distinctValues_overTheCap_areLeftOut_andTheDetailStays() {
        String details = "{\"result-type\":\"a\"},{\"result-type\":\"b\"},{\"result-type\":\"c\"}";
        Reading reading = small.read(utf8(HEAD + ",\"policies\":[{\"failure-details\":[" + details + "]}]}"));
        assertThat(reading).isInstanceOfSatisfying(Readable.class, readable -> {
            assertThat(readable.report().policies().getFirst().failureDetails())
                    .extracting(FailureDetail::resultType)
                    .containsExactly(new ResultType("a"), new ResultType("b"), null);
            assertThat(readable.report().flags()).containsExactly(Flag.VALUES_CUT);
        });
    }

    @Test
    void attempts_overTheCap_leaveTheTextAsItIs() {
        String hosts = "{\"policy\":{\"mx-host\":[" + "\"\u00e9.example\",".repeat(999) + "\"\u00e9.example\"]}},";
        assertThat(lastMxHost(hosts.repeat(9) + hosts)).isEqualTo("xn--9ca.example");
        assertThat(lastMxHost(hosts.repeat(10) + "{\"policy\":{\"mx-host\":\"\u00e9.example\"}},"))
                .isEqualTo("\u00e9.example");
        String lines = "{\"policy\":{\"policy-string\":[" + "\"[\",".repeat(999) + "\"[\"]}},";
        String nested = "{\"policy\":{\"policy-string\":\"[\\\"3 1 1 A\\\"]\"}}]}";
        Report tried = report(HEAD + ",\"policies\":[" + lines.repeat(9) + nested);
        assertThat(tried.policies().getLast().policyString()).containsExactly("3 1 1 A");
        Report kept = report(HEAD + ",\"policies\":[" + lines.repeat(10) + nested);
        assertThat(kept.policies().getLast().policyString()).containsExactly("[\"3 1 1 A\"]");
    }

    private static String lastMxHost(String policies) {
        Report report = report(HEAD + ",\"policies\":[" + policies.substring(0, policies.length() - 1) + "]}");
        return report.policies().getLast().mxHost().getLast();
    }

    @Test
    void gzipMembers_areCounted() throws IOException {
        byte[] empty = gzip(new byte[0]);
        ByteArrayOutputStream members = new ByteArrayOutputStream();
        for (int i = 0; i < 9_999; i++) {
            members.write(empty);
        }
        assertThat(report(join(members.toByteArray(), gzip(utf8(PLAIN)))).reportId())
                .isEqualTo("r-1");
        members.write(empty);
        assertThat(rejection(join(members.toByteArray(), gzip(utf8(PLAIN)))).reason())
                .isEqualTo(Reason.TOO_LARGE);
    }

    @Test
    void bombOfZeros_isRefusedFast() throws IOException {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 64; i++) {
                gzip.write(zeros);
            }
        }
        assertFast(bomb.toByteArray(), Reason.TOO_LARGE);
    }

    @Test
    void deepNesting_isRefusedFast() {
        assertFast(utf8("[".repeat(100_000)), Reason.TOO_DEEP);
        assertFast(utf8("{\"policies\":" + "[".repeat(100_000)), Reason.TOO_DEEP);
        assertFast(utf8("{\"a\":".repeat(1_000_000)), Reason.TOO_DEEP);
    }

    @Test
    void hugeExponentsAndEndlessDigits_areRefusedFast() {
        String count = "{\"policies\":[{\"summary\":{\"total-successful-session-count\":%s}}]}";
        assertFast(utf8(count.formatted("1e999999999")), Reason.NO_REPORT_ID);
        assertFast(utf8(count.formatted("9".repeat(1_000_000))), Reason.TOO_LARGE);
        assertFast(utf8("{\"date-range\":{\"start-datetime\":1e999999999}}"), Reason.NO_REPORT_ID);
        assertFast(utf8("{\"" + "a".repeat(30 << 20) + "\":1}"), Reason.TOO_LARGE);
        assertFast(utf8("{\"contact-info\":\"" + "a".repeat(30 << 20) + "\"}"), Reason.TOO_LARGE);
    }

    @Test
    void largeHonestReport_isRead() {
        String detail =
                "{\"result-type\":\"certificate-expired\",\"receiving-mx-helo\":\"" + "h".repeat(1_520) + "\"},";
        byte[] json =
                utf8(HEAD + ",\"policies\":[{\"policy\":{},\"failure-details\":[" + detail.repeat(20_000) + "{}]}]}");
        assertThat(json.length).isGreaterThan(30 << 20);
        assertThat(report(gzip(json)).policies().getFirst().failureDetails()).hasSize(20_001);
    }

    private static void assertFast(byte[] bytes, Reason reason) {
        long start = System.nanoTime();
        assertThat(rejection(bytes).reason()).isEqualTo(reason);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    private static String nested(int depth) {
        return "[".repeat(depth) + "]".repeat(depth);
    }

    private static byte[] utf16(byte[] utf8) {
        return ("\uFEFF" + new String(utf8, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_16LE);
    }

    private static byte[] withMember(String name, String value) {
        return utf8("{\"" + name + "\":" + value + "," + HEAD.substring(1) + ",\"policies\":[]}");
    }
}
