package dev.sealpost.acceptance;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

/** Reports whose content is known, about domains of three tenants and two of nobody, over sixty days. */
final class KnownWorld {
    static final int DAYS = 60;
    static final List<String> TENANTS = List.of("north", "south", "west");
    static final List<String> ORGANIZATIONS =
            List.of("Alpha Mail", "=HYPERLINK(1)", "Größte Post", "delta.example", "Epsilon, Inc.", "Zeta \"Z\"");
    static final List<String> POLICY_TYPES = List.of("sts", "tlsa", "no-policy-found");
    static final List<String> RESULT_TYPES = List.of(
            "starttls-not-supported",
            "certificate-host-mismatch",
            "certificate-expired",
            "certificate-not-trusted",
            "validation-failure",
            "tlsa-invalid",
            "dnssec-invalid",
            "dane-required",
            "sts-policy-fetch-error",
            "sts-policy-invalid",
            "sts-webpki-invalid",
            "x-of-our-own");
    static final List<String> CODES = List.of("X509_V_ERR_CERT_HAS_EXPIRED", "code two", "-3");
    private static final int DOMAINS = 40;
    private static final String UPLOAD = "upload";

    final LocalDate first;
    final LocalDate last;

    /** Whose each domain is; those of nobody are not there. */
    final Map<String, String> owners = new TreeMap<>();

    final List<String> unclaimed = List.of("nobody.known.example", "stray.known.example");
    final List<Report> reports = new ArrayList<>();
    private final Random random;

    /** What failed, null where the reporter does not say. */
    record Detail(
            @Nullable String resultType,
            @Nullable String sender,
            @Nullable String host,
            @Nullable String receiver,
            long failed,
            @Nullable String code) {}

    record Policy(String type, String domain, long successful, long failed, List<Detail> details) {}

    /** @param shifted whether it writes its days with an offset from UTC */
    record Report(
            String organization,
            String id,
            LocalDate day,
            String channel,
            String provenance,
            boolean shifted,
            List<Policy> policies) {
        String json() {
            String times = shifted
                    ? "\"start-datetime\":\"%sT00:30:00+02:00\",\"end-datetime\":\"%sT00:29:59+02:00\""
                            .formatted(day.plusDays(1), day.plusDays(2))
                    : "\"start-datetime\":\"%1$sT00:00:00Z\",\"end-datetime\":\"%1$sT23:59:59Z\"".formatted(day);
            return "{\"organization-name\":%s,\"date-range\":{%s},\"contact-info\":\"tls@sender.example\",\"report-id\":\"%s\",\"policies\":[%s]}"
                    .formatted(
                            quoted(organization),
                            times,
                            id,
                            policies.stream().map(KnownWorld::json).collect(Collectors.joining(",")));
        }
    }

    KnownWorld(long seed) {
        this.random = new Random(seed);
        this.last = LocalDate.now(ZoneOffset.UTC).minusDays(4);
        this.first = last.minusDays(DAYS - 1L);
        for (int i = 0; i < DOMAINS; i++) {
            owners.put("d" + i + ".known.example", TENANTS.get(i % TENANTS.size()));
        }
        List<String> domains = new ArrayList<>(owners.keySet());
        domains.addAll(unclaimed);
        for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(1)) {
            for (String organization : ORGANIZATIONS) {
                for (String domain : domains) {
                    if (random.nextInt(10) < 2) {
                        reports.add(report(organization, domain, domains, day));
                    }
                }
            }
        }
    }

    private Report report(String organization, String domain, List<String> domains, LocalDate day) {
        List<Policy> policies = new ArrayList<>(List.of(policy(domain)));
        while (random.nextInt(4) == 0) {
            // Of the same domain, or of any: a report may be about several tenants' domains.
            policies.add(policy(random.nextBoolean() ? domain : any(domains)));
        }
        int door = random.nextInt(20);
        return new Report(
                organization,
                "r" + reports.size(),
                day,
                door == 0 ? UPLOAD : "https",
                door == 0 ? UPLOAD : door < 5 ? "trusted-source" : "unverified",
                random.nextInt(6) == 0,
                policies);
    }

    private Policy policy(String domain) {
        String type = random.nextInt(30) == 0 ? "x-dane-sts" : any(POLICY_TYPES);
        long successful = random.nextInt(3) == 0 ? 0 : random.nextInt(5_000);
        int kinds = random.nextInt(5) < 3 ? 0 : 1 + random.nextInt(3);
        List<Detail> details =
                IntStream.range(0, kinds).mapToObj(i -> detail(domain)).toList();
        long failed = kinds == 0 && random.nextInt(10) > 0 ? 0 : 1 + random.nextInt(90);
        return new Policy(type, domain, successful, failed, details);
    }

    private Detail detail(String domain) {
        int host = 1 + random.nextInt(2);
        return new Detail(
                random.nextInt(25) == 0 ? null : any(RESULT_TYPES),
                maybe(
                        random.nextInt(4) == 0
                                ? "2001:db8:1::" + (1 + random.nextInt(4))
                                : "192.0.2." + random.nextInt(8)),
                maybe((random.nextBoolean() ? "mx" : "MX") + host + "." + domain),
                maybe(random.nextInt(4) == 0 ? "2001:db8:2::" + host : "198.51.100." + host),
                1 + random.nextInt(40),
                random.nextInt(3) == 0 ? any(CODES) : null);
    }

    private @Nullable String maybe(String text) {
        return random.nextInt(8) == 0 ? null : text;
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private static String json(Policy policy) {
        return "{\"policy\":{\"policy-type\":\"%s\",\"policy-domain\":\"%s\"},\"summary\":{\"total-successful-session-count\":%d,\"total-failure-session-count\":%d},\"failure-details\":[%s]}"
                .formatted(
                        policy.type(),
                        policy.domain(),
                        policy.successful(),
                        policy.failed(),
                        policy.details().stream().map(KnownWorld::json).collect(Collectors.joining(",")));
    }

    private static String json(Detail detail) {
        return "{" + member("result-type", detail.resultType()) + member("sending-mta-ip", detail.sender())
                + member("receiving-mx-hostname", detail.host()) + member("receiving-ip", detail.receiver())
                + member("failure-reason-code", detail.code()) + "\"failed-session-count\":" + detail.failed() + "}";
    }

    private static String member(String name, @Nullable String value) {
        return value == null ? "" : "\"" + name + "\":" + quoted(value) + ",";
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\"", "\\\"") + "\"";
    }
}
