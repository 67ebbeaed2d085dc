package dev.sealpost.fuzz;

import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

import dev.sealpost.report.DomainName;
import dev.sealpost.report.FailureDetail;
import dev.sealpost.report.Flag;
import dev.sealpost.report.Limits;
import dev.sealpost.report.Policy;
import dev.sealpost.report.Readable;
import dev.sealpost.report.Reading;
import dev.sealpost.report.Rejection;
import dev.sealpost.report.Report;
import dev.sealpost.report.ReportIdentity;
import dev.sealpost.report.ReportReader;
import org.jspecify.annotations.Nullable;

/** What holds for the reading of any bytes. Whatever does not is an {@link AssertionError}, which ends a fuzzing run. */
final class Invariants {
    static final ReportReader READER = new ReportReader(Limits.DEFAULT);

    /** The CPU time that an input of 64 KiB may cost. */
    private static final long MAX_NANOS = 200_000_000;

    /** Flags about what lies around the JSON; they are gone when the JSON is read again. */
    private static final Set<Flag> AROUND = EnumSet.of(
            Flag.GZIP_IN_GZIP,
            Flag.GZIP_MULTI_MEMBER,
            Flag.GZIP_TRAILING_BYTES,
            Flag.ZIP,
            Flag.UTF8_BOM,
            Flag.UTF16,
            Flag.TRAILING_DATA);

    private static final Pattern ONE_LINE = Pattern.compile("[ -~]{1,120}");
    private static final Pattern DOMAIN = Pattern.compile("[a-z0-9_-]{1,63}(\\.[a-z0-9_-]{1,63})*");
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    private Invariants() {}

    /** Reads with the usual limits and holds the outcome to everything below. */
    static Reading read(byte[] input) {
        Reading reading = readTwice(READER::read, input);
        check(reading);
        return reading;
    }

    /** Reads twice, to the same outcome and within the time. */
    static <T> T readTwice(Function<byte[], T> reader, byte[] input) {
        long start = System.nanoTime();
        T reading = reader.apply(input);
        long middle = System.nanoTime();
        require(reading.equals(reader.apply(input)), "two readings differ");
        if (Math.min(middle - start, System.nanoTime() - middle) > MAX_NANOS) {
            requireCheap(reader, input);
        }
        return reading;
    }

    /** The machine may have been busy: CPU time decides, and the best of three. */
    private static <T> void requireCheap(Function<byte[], T> reader, byte[] input) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            Object _ = reader.apply(input);
            least = Math.min(least, ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start);
        }
        require(least <= MAX_NANOS, "reading costs more CPU than allowed");
    }

    static void check(Reading reading) {
        switch (reading) {
            case Rejection rejection -> requireLine(rejection.detail());
            case Readable readable -> {
                check(readable.report());
                require(
                        READER.read(readable.json()) instanceof Readable again && sameContent(readable, again),
                        "the JSON given back is another report");
            }
        }
    }

    /** Whether both hold the same JSON and report, whatever lay around the JSON. */
    static boolean sameContent(Readable a, Readable b) {
        return Arrays.equals(a.json(), b.json()) && inner(a.report()).equals(inner(b.report()));
    }

    /** The report without the flags about what lay around it. */
    static Report inner(Report report) {
        Set<Flag> flags = EnumSet.noneOf(Flag.class);
        flags.addAll(report.flags());
        flags.removeAll(AROUND);
        return new Report(
                report.organizationName(),
                report.dateRange(),
                report.contactInfo(),
                report.reportId(),
                report.policies(),
                flags);
    }

    static void check(Report report) {
        require(!report.reportId().isEmpty(), "empty report-id");
        requireText(report.reportId(), Limits.MAX_REPORT_ID_CHARS);
        requireText(report.organizationName(), Limits.MAX_ORGANIZATION_CHARS);
        requireText(report.contactInfo(), Limits.MAX_CONTACT_CHARS);
        requireTime(report.dateRange().start());
        requireTime(report.dateRange().end());
        require(report.policies().size() <= Limits.DEFAULT.maxPolicies(), "too many policies");
        int details = 0;
        for (Policy policy : report.policies()) {
            check(policy);
            details += policy.failureDetails().size();
        }
        require(details <= Limits.DEFAULT.maxDetails(), "too many failure details");
        require(ReportIdentity.of(report).equals(ReportIdentity.of(report)), "two identities");
    }

    private static void check(Policy policy) {
        requireText(policy.policyType() == null ? null : policy.policyType().value(), Limits.MAX_TYPE_CHARS);
        DomainName domain = policy.policyDomain();
        require(domain == null || DOMAIN.matcher(domain.value()).matches(), "no domain name");
        requireTexts(policy.policyString(), Limits.MAX_POLICY_STRING_CHARS);
        requireTexts(policy.mxHost(), Limits.MAX_HOST_CHARS);
        requireCount(policy.totalSuccessfulSessionCount());
        requireCount(policy.totalFailureSessionCount());
        for (FailureDetail detail : policy.failureDetails()) {
            requireText(detail.resultType() == null ? null : detail.resultType().value(), Limits.MAX_TYPE_CHARS);
            requireText(detail.sendingMtaIp(), Limits.MAX_IP_CHARS);
            requireText(detail.receivingMxHostname(), Limits.MAX_HOST_CHARS);
            requireText(detail.receivingMxHelo(), Limits.MAX_HELO_CHARS);
            requireText(detail.receivingIp(), Limits.MAX_IP_CHARS);
            requireCount(detail.failedSessionCount());
            requireText(detail.additionalInformation(), Limits.MAX_TEXT_CHARS);
            requireText(detail.failureReasonCode(), Limits.MAX_TEXT_CHARS);
        }
    }

    private static void requireTexts(List<String> texts, int maxChars) {
        require(texts.size() <= Limits.MAX_LIST_ELEMENTS, "too many elements");
        texts.forEach(text -> requireText(text, maxChars));
    }

    /** Absent, or what PostgreSQL, CSV and a log can hold: bounded, valid Unicode without control characters. */
    static void requireText(@Nullable String text, int maxChars) {
        if (text == null) {
            return;
        }
        require(text.length() <= maxChars, "text too long");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            require(!Character.isISOControl(c), "control character");
            if (Character.isSurrogate(c)) {
                require(
                        i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1)),
                        "surrogate without its other half");
                i++;
            }
        }
    }

    /** A line of our own words, without text of the input. */
    static void requireLine(String text) {
        require(ONE_LINE.matcher(text).matches(), "not one line of ASCII");
    }

    private static void requireCount(@Nullable Long count) {
        require(count == null || count >= 0, "negative count");
    }

    private static void requireTime(Instant time) {
        require(!time.isBefore(FIRST) && !time.isAfter(LAST) && isWholeSecond(time), "time out of range");
    }

    private static boolean isWholeSecond(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).equals(time);
    }

    static void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }
}
