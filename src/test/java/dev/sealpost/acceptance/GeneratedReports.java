package dev.sealpost.acceptance;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reports as they come from the field, from a seed, and what a correct reader finds in them: 85 % without failure details,
 * the others with up to 2,000; few domains with many reports; two reporters with most of them; one report a reporter, domain
 * and day while there are such left. Report ids are distinct. The same seed gives the same reports.
 */
public final class GeneratedReports {
    private static final double ZIPF = 0.9;
    private static final int TRIES = 40;

    private static final List<Reporter> REPORTERS = List.of(
            new Reporter("Google Inc.", "google.com", 52, false),
            new Reporter("Microsoft Corporation", "microsoft.com", 27, false),
            new Reporter("Nordpost AS", "nordpost.example", 4, false),
            new Reporter("Kabelnetz GmbH", "kabelnetz.example", 4, true),
            new Reporter("Freemail Nine", "freemail-nine.example", 3, false),
            new Reporter("Poste Privee", "poste-privee.example", 3, true),
            new Reporter("Campus Mail", "campus.example", 2, true),
            new Reporter("Island Hosting", "island-hosting.example", 2, true),
            new Reporter("Relay Works Inc.", "relayworks.example", 2, false),
            new Reporter("Landkreis Mail", "landkreis.example", 1, true));

    private static final List<String> RESULTS = List.of(
            "starttls-not-supported",
            "certificate-host-mismatch",
            "validation-failure",
            "certificate-expired",
            "certificate-not-trusted",
            "sts-policy-fetch-error",
            "tlsa-invalid");

    private static final double[] RESULT_WEIGHTS = running(new double[] {30, 18, 15, 12, 10, 10, 5});
    private static final double[] REPORTER_WEIGHTS =
            running(REPORTERS.stream().mapToDouble(Reporter::weight).toArray());

    private final Random random;
    private final LocalDate first;
    private final int days;
    private final double[] popularity;
    private final Set<Integer> seen = new HashSet<>();
    private final Truth truth;
    private int made;

    /** @param dane whether it also reports on tlsa policies, and on several policies at once */
    private record Reporter(String organization, String domain, double weight, boolean dane) {}

    /** One report: the key of its record on the topic, and its JSON. */
    public record Generated(String key, byte[] json) {}

    /** Of so many domains and days, the first of which is given. */
    public GeneratedReports(long seed, int domains, LocalDate first, int days) {
        this.random = new Random(seed);
        this.first = first;
        this.days = days;
        double[] weights = new double[domains];
        for (int i = 0; i < domains; i++) {
            weights[i] = Math.pow(i + 1.0, -ZIPF);
        }
        this.popularity = running(weights);
        this.truth = new Truth(first, first.plusDays(days - 1L));
    }

    /** What is in the reports made so far. */
    Truth truth() {
        return truth;
    }

    public Generated next() {
        int reporter;
        int domain;
        int day;
        int tries = 0;
        do {
            reporter = pick(REPORTER_WEIGHTS);
            domain = tries < TRIES ? pick(popularity) : random.nextInt(popularity.length);
            day = random.nextInt(days);
        } while (!seen.add((reporter * popularity.length + domain) * days + day) && tries++ < 2 * TRIES);
        String name = "d" + domain + ".customer" + domain % 97 + ".example";
        byte[] json = report(REPORTERS.get(reporter), name, first.plusDays(day)).getBytes(StandardCharsets.UTF_8);
        truth.addReport(first.plusDays(day));
        return new Generated(name, json);
    }

    private String report(Reporter reporter, String domain, LocalDate day) {
        int details = details();
        int policies = reporter.dane() ? 1 + random.nextInt(3) : 1;
        StringBuilder json = new StringBuilder(600 + 260 * details)
                .append("{\"organization-name\":\"")
                .append(reporter.organization())
                .append("\",\"date-range\":{\"start-datetime\":\"")
                .append(day)
                .append("T00:00:00Z\",\"end-datetime\":\"")
                .append(day)
                .append("T23:59:59Z\"},\"contact-info\":\"tlsrpt@")
                .append(reporter.domain())
                .append("\",\"report-id\":\"")
                .append(day)
                .append('.')
                .append(made++)
                .append('@')
                .append(reporter.domain())
                .append("\",\"policies\":[");
        for (int i = 0; i < policies; i++) {
            json.append(i == 0 ? "" : ",");
            policy(json, reporter, domain, day, details / policies + (i == 0 ? details % policies : 0));
        }
        return json.append("]}").toString();
    }

    private void policy(StringBuilder json, Reporter reporter, String domain, LocalDate day, int details) {
        String mx = "mx" + (1 + random.nextInt(2)) + "." + domain;
        String type =
                reporter.dane() && random.nextBoolean() ? "tlsa" : random.nextInt(10) == 0 ? "no-policy-found" : "sts";
        String text =
                switch (type) {
                    case "tlsa" ->
                        "\"3 1 1 %016X%016X%016X%016X\""
                                .formatted(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
                    case "sts" ->
                        "\"version: STSv1\",\"mode: enforce\",\"mx: mx1.%s\",\"mx: mx2.%s\",\"max_age: 604800\""
                                .formatted(domain, domain);
                    default -> "";
                };
        json.append("{\"policy\":{\"policy-type\":\"")
                .append(type)
                .append("\",\"policy-string\":[")
                .append(text)
                .append("],\"policy-domain\":\"")
                .append(domain)
                .append("\",\"mx-host\":[\"")
                .append(mx)
                .append("\"]}");
        StringBuilder list = new StringBuilder();
        long failed = 0;
        for (int i = 0; i < details; i++) {
            failed += detail(list.append(i == 0 ? "" : ","), mx, day);
        }
        long successful = logUniform(1, 200_000) - 1L;
        json.append(",\"summary\":{\"total-successful-session-count\":")
                .append(successful)
                .append(",\"total-failure-session-count\":")
                .append(failed)
                .append('}');
        if (details > 0) {
            json.append(",\"failure-details\":[").append(list).append(']');
        }
        json.append('}');
        truth.addSessions(day, type, successful, failed);
    }

    private long detail(StringBuilder json, String mx, LocalDate day) {
        String result = RESULTS.get(pick(RESULT_WEIGHTS));
        long sessions = logUniform(1, 40);
        json.append("{\"result-type\":\"")
                .append(result)
                .append("\",\"sending-mta-ip\":\"")
                .append(address())
                .append("\",\"receiving-ip\":\"")
                .append(address())
                .append("\",\"receiving-mx-hostname\":\"")
                .append(mx)
                .append("\",\"failed-session-count\":")
                .append(sessions);
        if (random.nextInt(3) == 0) {
            json.append(",\"failure-reason-code\":\"reason-")
                    .append(random.nextInt(9))
                    .append('"');
        }
        json.append('}');
        truth.addFailures(day, result, sessions);
        return sessions;
    }

    private String address() {
        return random.nextInt(4) == 0
                ? String.format(Locale.ROOT, "2001:db8:%x:%x::%x", bits(), bits(), bits())
                : (1 + random.nextInt(223)) + "." + random.nextInt(256) + "." + random.nextInt(256) + "."
                        + (1 + random.nextInt(254));
    }

    private int bits() {
        return 1 + random.nextInt(65_535);
    }

    private int details() {
        double share = random.nextDouble();
        if (share < 0.85) {
            return 0;
        }
        if (share < 0.98) {
            return logUniform(1, 50);
        }
        return share < 0.998 ? logUniform(51, 500) : logUniform(1_000, 2_000);
    }

    private int logUniform(int least, int most) {
        return (int) (least * Math.pow((most + 1.0) / least, random.nextDouble()));
    }

    private int pick(double[] running) {
        int place = Arrays.binarySearch(running, random.nextDouble() * running[running.length - 1]);
        return Math.min(running.length - 1, place < 0 ? -place - 1 : place);
    }

    private static double[] running(double[] weights) {
        double[] sums = weights.clone();
        Arrays.parallelPrefix(sums, Double::sum);
        return sums;
    }

    /** So many of them, packed as senders do. */
    List<byte[]> packed(int count) {
        List<byte[]> packed = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            packed.add(Reports.gzip(next().json()));
        }
        return packed;
    }

    /** The reports as they are posted, without end. */
    Iterator<byte[]> bodies() {
        return Stream.generate(() -> Reports.gzip(next().json())).iterator();
    }
}
