package dev.sealpost.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Reports made in code, and what reading them gives. */
public final class Samples {
    public static final String DATES =
            "\"date-range\":{\"start-datetime\":\"2026-11-01T00:00:00Z\",\"end-datetime\":\"2026-11-01T23:59:59Z\"}";
    public static final String HEAD =
            "{\"organization-name\":\"Carrier\",\"contact-info\":\"tls@carrier.example\",\"report-id\":\"r-1\","
                    + DATES;
    public static final String POLICY = "{\"policy\":{\"policy-type\":\"sts\",\"policy-string\":[\"version: STSv1\"],"
            + "\"policy-domain\":\"rcpt.example\",\"mx-host\":[\"*.rcpt.example\"]},\"summary\":{"
            + "\"total-successful-session-count\":40,\"total-failure-session-count\":0}}";
    public static final String PLAIN = HEAD + ",\"policies\":[" + POLICY + "]}";

    private static final ReportReader READER = new ReportReader(Limits.DEFAULT);

    private Samples() {}

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static Reading read(String json) {
        return READER.read(utf8(json));
    }

    static Report report(String json) {
        return report(utf8(json));
    }

    static Report report(byte[] bytes) {
        Reading reading = READER.read(bytes);
        assertThat(reading).isInstanceOf(Readable.class);
        return ((Readable) reading).report();
    }

    static Rejection rejection(byte[] bytes) {
        return rejection(READER, bytes);
    }

    static Rejection rejection(ReportReader reader, byte[] bytes) {
        Reading reading = reader.read(bytes);
        assertThat(reading).isInstanceOf(Rejection.class);
        return (Rejection) reading;
    }

    static Reason reason(String json) {
        return rejection(utf8(json)).reason();
    }

    /** The first policy of a report whose only policies element is this. */
    static Policy policy(String json) {
        return report(HEAD + ",\"policies\":[" + json + "]}").policies().getFirst();
    }

    /** A policy whose policy object has these members. */
    static Policy terms(String members) {
        return policy("{\"policy\":{" + members + "}}");
    }

    /** A policy with this one failure detail, given as members. */
    static Policy detailed(String members) {
        return policy("{\"policy\":{\"policy-type\":\"sts\",\"policy-domain\":\"rcpt.example\"},"
                + "\"failure-details\":[{" + members + "}]}");
    }

    static FailureDetail detail(String members) {
        return detailed(members).failureDetails().getFirst();
    }

    public static byte[] gzip(byte[] content) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    /** A zip of these entries, in order. */
    static byte[] zip(byte[]... entries) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(packed)) {
            for (int i = 0; i < entries.length; i++) {
                zip.putNextEntry(new ZipEntry("../entry" + i));
                zip.write(entries[i]);
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
