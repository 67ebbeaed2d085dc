package dev.sealpost.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/**
 * Realistic reports, the same for the same seed: 85 % of them without failure details, the others with a long tail of
 * details, in the habits of the large senders. The JSON has a median of about 0.6 KB and a mean of about 2.3 KB; the
 * largest has some hundred KB.
 */
public final class Corpus {
    private static final String[] ORGANIZATIONS = {"Google Inc.", "Microsoft Corporation", "Mail Carrier", "mx.host"};
    private static final String[] RESULTS = {
        "starttls-not-supported", "certificate-expired", "certificate-host-mismatch", "certificate-not-trusted",
        "validation-failure", "sts-policy-fetch-error", "sts-webpki-invalid", "tlsa-invalid"
    };

    private static final int MAX_DETAILS = 2_000;

    private final Random random;

    private Corpus(long seed) {
        this.random = new Random(seed);
    }

    /** So many reports, each packed by gzip as senders do. */
    public static byte[][] gzipped(int count, long seed) {
        Corpus corpus = new Corpus(seed);
        byte[][] reports = new byte[count][];
        for (int i = 0; i < count; i++) {
            reports[i] = gzip(corpus.report(i).getBytes(StandardCharsets.UTF_8));
        }
        return reports;
    }

    private String report(int number) {
        String domain = "domain" + random.nextInt(5_000) + ".example";
        String day = "2026-%02d-%02d".formatted(1 + random.nextInt(12), 1 + random.nextInt(28));
        int organization = random.nextInt(ORGANIZATIONS.length);
        StringBuilder json = new StringBuilder(1_024);
        json.append("{\"organization-name\":\"").append(ORGANIZATIONS[organization]);
        json.append("\",\"date-range\":{\"start-datetime\":\"").append(day).append("T00:00:00Z\",\"end-datetime\":\"");
        json.append(day)
                .append("T23:59:59Z\"},\"contact-info\":\"tls-reports@sender")
                .append(organization);
        json.append(".example\",\"report-id\":\"")
                .append(day)
                .append("T00:00:00Z_")
                .append(number)
                .append(domain);
        json.append("\",\"policies\":[");
        int details = random.nextInt(100) < 85 ? 0 : someDetails();
        policy(json, domain, false, details);
        if (random.nextInt(10) == 0) {
            policy(json.append(','), domain, true, 0);
        }
        return json.append("]}").toString();
    }

    /** Log-normal: half of them up to about 17, the mean about 60. */
    private int someDetails() {
        return 1 + (int) Math.min(MAX_DETAILS, Math.exp(random.nextGaussian() * 1.6 + 2.85));
    }

    private void policy(StringBuilder json, String domain, boolean tlsa, int details) {
        json.append("{\"policy\":{\"policy-type\":\"")
                .append(tlsa ? "tlsa" : "sts")
                .append("\",\"policy-string\":[");
        if (tlsa) {
            json.append("\"3 1 1 ")
                    .append("%064x".formatted(random.nextLong() >>> 1))
                    .append("\"]");
        } else {
            json.append("\"version: STSv1\",\"mode: enforce\",\"mx: *.").append(domain);
            json.append("\",\"mx: backup.").append(domain).append("\",\"max_age: 604800\"],\"mx-host\":[\"*.");
            json.append(domain).append("\",\"backup.").append(domain).append("\"]");
        }
        json.append(",\"policy-domain\":\"").append(domain).append("\"},\"summary\":{");
        json.append("\"total-successful-session-count\":").append(random.nextInt(100_000));
        json.append(",\"total-failure-session-count\":").append(details).append('}');
        if (details > 0) {
            json.append(",\"failure-details\":[");
            for (int i = 0; i < details; i++) {
                detail(json.append(i == 0 ? "" : ","), domain);
            }
            json.append(']');
        }
        json.append('}');
    }

    private void detail(StringBuilder json, String domain) {
        json.append("{\"result-type\":\"").append(RESULTS[random.nextInt(RESULTS.length)]);
        json.append("\",\"sending-mta-ip\":\"");
        if (random.nextInt(3) == 0) {
            json.append("2001:db8:")
                    .append(Integer.toHexString(1 + random.nextInt(0xffff)))
                    .append("::");
            json.append(Integer.toHexString(1 + random.nextInt(0xffff)));
        } else {
            json.append("192.0.2.").append(random.nextInt(256));
        }
        json.append("\",\"receiving-mx-hostname\":\"mx")
                .append(random.nextInt(4))
                .append('.')
                .append(domain);
        json.append("\",\"receiving-ip\":\"198.51.100.").append(random.nextInt(256));
        json.append("\",\"failed-session-count\":1");
        if (random.nextInt(4) == 0) {
            json.append(",\"failure-reason-code\":\"certificate of mx.")
                    .append(domain)
                    .append(" not trusted\"");
        }
        json.append('}');
    }

    private static byte[] gzip(byte[] json) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }
}
