package dev.sealpost.acceptance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/** Reports as senders make them. */
final class Reports {
    private Reports() {}

    /** One sts policy of a domain. */
    static String report(String organization, String id, String domain, String day, long successful, long failed) {
        return report(organization, id, day, policy("sts", domain, successful, failed, ""));
    }

    static String report(String organization, String id, String day, String policies) {
        return """
                {"organization-name":"%s","date-range":{"start-datetime":"%sT00:00:00Z","end-datetime":"%sT23:59:59Z"},
                "contact-info":"tlsrpt@sender.example","report-id":"%s","policies":[%s]}""".formatted(organization, day, day, id, policies);
    }

    static String policy(String type, String domain, long successful, long failed, String details) {
        return """
                {"policy":{"policy-type":"%s","policy-domain":"%s"},"summary":{"total-successful-session-count":%d,
                "total-failure-session-count":%d},"failure-details":[%s]}""".formatted(type, domain, successful, failed, details);
    }

    static String detail(String resultType, String mx, String sendingIp, long failed) {
        return """
                {"result-type":"%s","sending-mta-ip":"%s","receiving-mx-hostname":"%s","failed-session-count":%d}""".formatted(resultType, sendingIp, mx, failed);
    }

    static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    static byte[] gzip(String text) {
        return gzip(text.getBytes(StandardCharsets.UTF_8));
    }
}
