package dev.sealpost.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import com.fasterxml.jackson.databind.JsonNode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every call, filter, grouping, interval and format, by the administrator, each tenant and a key for two domains, against
 * what plain loops over the posted reports say; each by itself, and many at once as the seed has it.
 */
class KnownWorldIT {
    private static final long SEED = Long.getLong("sealpost.seed", System.nanoTime() & 0xffff);
    private static final int DRAWS = Integer.getInteger("sealpost.draws", 20);
    private static final int SENDERS = 16;
    private static final List<String> FORMATS = List.of("json", "csv", "ndjson");
    private static final List<String> INTERVALS = List.of("day", "week", "month", "total");
    private static final List<String> FAILURE_KEYS = List.of(
            "day",
            "week",
            "month",
            "domain",
            "organization",
            "policyType",
            "resultType",
            "resultClass",
            "receivingMxHostname",
            "receivingIp",
            "sendingMtaIp",
            "failureReasonCode");
    private static final List<String> SESSION_KEYS = List.of("domain", "organization", "policyType");

    private static final KnownWorld WORLD = new KnownWorld(SEED);
    private static final List<KnownCaller> CALLERS = new ArrayList<>();
    private static SealpostProcess sealpost;

    @BeforeAll
    static void aKnownWorld() throws Exception {
        System.out.println("seed of the known world: -Dsealpost.seed=" + SEED);
        sealpost = SealpostProcess.start(
                SharedSealpost.temporaryDirectory().resolve("data"),
                Map.of(
                        "SEALPOST_INTAKE_TRUSTED_PROXIES", "127.0.0.1",
                        "SEALPOST_INTAKE_TRUSTED_SOURCES", "203.0.113.0/24"));
        Set<String> all = new HashSet<>(WORLD.owners.keySet());
        all.addAll(WORLD.unclaimed);
        CALLERS.add(new KnownCaller(sealpost, sealpost.adminKey(), "", false, all));
        WORLD.owners.forEach((domain, tenant) -> assertThat(
                        Calls.with(sealpost, "PUT", "/api/v1/domains/" + domain, "{\"tenant\":\"" + tenant + "\"}")
                                .statusCode())
                .isEqualTo(201));
        for (String tenant : KnownWorld.TENANTS) {
            Set<String> seen = WORLD.owners.keySet().stream()
                    .filter(domain -> tenant.equals(WORLD.owners.get(domain)))
                    .collect(Collectors.toSet());
            CALLERS.add(new KnownCaller(sealpost, key(tenant, ""), tenant, false, seen));
        }
        Set<String> two = Set.of("d1.known.example", "d4.known.example");
        CALLERS.add(new KnownCaller(
                sealpost,
                key("south", ",\"domains\":[\"" + String.join("\",\"", two) + "\"]"),
                "south",
                true,
                two.stream()
                        .filter(domain -> "south".equals(WORLD.owners.get(domain)))
                        .collect(Collectors.toSet())));
        // Metrics know a domain a second after it was registered; nothing else tells that they do.
        TimeUnit.SECONDS.sleep(2);
        send();
    }

    private static String key(String tenant, String more) {
        return Answers.json(Calls.with(
                        sealpost,
                        "POST",
                        "/api/v1/keys",
                        "{\"role\":\"viewer\",\"tenant\":\"" + tenant + "\"" + more + "}"))
                .path("key")
                .asText();
    }

    private static void send() throws InterruptedException, ExecutionException, IOException {
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        try (ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
                ZipOutputStream archive = new ZipOutputStream(zip)) {
            List<Future<Integer>> answers = new ArrayList<>();
            for (KnownWorld.Report report : WORLD.reports) {
                byte[] json = report.json().getBytes(StandardCharsets.UTF_8);
                if (report.channel().equals("upload")) {
                    archive.putNextEntry(new ZipEntry(report.id() + ".json"));
                    archive.write(json);
                    continue;
                }
                String source = report.provenance().equals("unverified") ? "198.18.0.1" : "203.0.113.9";
                // Some come twice.
                for (int i = 0; i < (answers.size() % 20 == 0 ? 2 : 1); i++) {
                    answers.add(senders.submit(() -> sealpost.post(Reports.gzip(json), "X-Forwarded-For", source)
                            .statusCode()));
                }
            }
            archive.finish();
            for (Future<Integer> answer : answers) {
                assertThat(answer.get()).isEqualTo(200);
            }
        }
        HttpResponse<String> imported = sealpost.send(HttpRequest.newBuilder(sealpost.uri("/api/v1/imports"))
                .header("Authorization", "Bearer " + sealpost.adminKey())
                .header("Content-Type", "application/zip")
                .POST(HttpRequest.BodyPublishers.ofByteArray(zip.toByteArray())));
        assertThat(imported.statusCode()).as(imported.body()).isEqualTo(202);
        String total = "/api/v1/sessions?interval=total&from=" + WORLD.first + "&to=" + WORLD.last;
        Awaitility.await("all of " + WORLD.reports.size())
                .atMost(Duration.ofSeconds(90))
                .until(() -> Answers.json(sealpost.get(total))
                                .path("rows")
                                .path(0)
                                .path("reports")
                                .asInt()
                        == WORLD.reports.size());
    }

    @AfterAll
    static void end() {
        sealpost.close();
    }

    // --- comparing

    /** Compares rows in any order, and of the columns those that are expected. */
    private static void same(
            String what, List<Map<String, String>> told, List<Map<String, String>> expected, String format) {
        List<String> left = lines(told, expected, "json");
        List<String> right = lines(expected, expected, format);
        assertThat(left).as(what).isEqualTo(right);
    }

    private static List<String> lines(
            List<Map<String, String>> rows, List<Map<String, String>> columns, String format) {
        Set<String> names =
                columns.isEmpty() ? Set.of() : new TreeSet<>(columns.getFirst().keySet());
        return rows.stream()
                .map(row -> names.stream()
                        .map(name -> {
                            String value = row.getOrDefault(name, "(absent)");
                            return name + "=" + (format.equals("csv") ? AnswerRows.inCsv(value) : value);
                        })
                        .collect(Collectors.joining(" ")))
                .sorted()
                .toList();
    }

    /** By time, then most failed first. */
    private static void ordered(String what, List<Map<String, String>> rows, List<String> keys) {
        List<String> times =
                keys.stream().filter(List.of("day", "week", "month")::contains).toList();
        Comparator<Map<String, String>> order =
                Comparator.comparing(row -> times.stream().map(row::get).collect(Collectors.joining(" ")));
        assertThat(rows).as(what).isSortedAccordingTo(order.thenComparing(row -> -KnownAnswers.number(row)));
    }

    private static KnownQuestion question(KnownCaller who, Map<String, List<String>> filters) {
        return new KnownQuestion(WORLD, who.seen(), WORLD.first, WORLD.last, filters);
    }

    private static Map<String, List<String>> ofSessions(Map<String, List<String>> filters) {
        Map<String, List<String>> some = new TreeMap<>(filters);
        some.keySet().retainAll(KnownFilters.OF_SESSIONS);
        return some;
    }

    // --- the calls

    private static void failures(
            KnownCaller who, KnownQuestion question, List<String> groupBy, String format, int limit) {
        List<String> keys = groupBy.isEmpty() ? List.of("resultType") : groupBy;
        Set<String> filters = new HashSet<>(question.filters().keySet());
        if (!who.tenant().isEmpty()
                && List.of("watched").equals(question.filters().get("state"))) {
            filters.remove("state"); // A tenant sees no others.
        }
        boolean counted = question.has("domain")
                || who.named()
                || (!who.tenant().isEmpty() && question.has("state") && filters.contains("state"))
                || keys.contains("domain")
                || (filters.isEmpty()
                        && Set.of("day", "week", "month", "resultType").containsAll(keys));
        String path = "failures?" + question.text()
                + groupBy.stream().map(key -> "&groupBy=" + key).collect(Collectors.joining());
        List<Map<String, String>> told = who.rows(path, format, limit);
        same(path + " as " + who.tenant(), told, KnownAnswers.failures(question, keys, counted), format);
        ordered(path, told, keys);
    }

    private static void sessions(
            KnownCaller who, KnownQuestion question, String interval, List<String> groupBy, String format, int limit) {
        String path = "sessions?interval=" + interval + "&" + question.text()
                + groupBy.stream().map(key -> "&groupBy=" + key).collect(Collectors.joining());
        List<Map<String, String>> told = who.rows(path, format, limit);
        same(path + " as " + who.tenant(), told, KnownAnswers.sessions(question, interval, groupBy), format);
        ordered(path, told, List.of(interval));
    }

    private static void organizations(KnownCaller who, KnownQuestion question, String format) {
        String path = "organizations?" + question.text();
        same(path, who.rows(path, format, 2), KnownAnswers.organizations(question), format);
    }

    private static void reports(KnownCaller who, KnownQuestion question, String format) {
        String path = "reports?" + question.text();
        same(path + " as " + who.tenant(), who.rows(path, format, 1000), KnownAnswers.reports(question), format);
    }

    private static void summary(KnownCaller who, KnownQuestion question) {
        String path = "summary?" + question.text();
        JsonNode told = who.json(path);
        List<String> lines = new ArrayList<>();
        for (JsonNode sums : List.of(told, told.path("previous"))) {
            lines.add(sums(sums));
        }
        told.path("topResultTypes")
                .forEach(each -> lines.add(each.path("resultType").asText() + " "
                        + each.path("failedSessions").asText()));
        told.path("topOrganizations")
                .forEach(each -> lines.add(each.path("organization").asText() + " " + sums(each)));
        assertThat(lines).as(path + " as " + who.tenant()).isEqualTo(KnownAnswers.summary(question));
    }

    private static String sums(JsonNode sums) {
        JsonNode rate = sums.path("failureRate");
        return sums.path("successfulSessions").asText() + " "
                + sums.path("failedSessions").asText() + " " + (rate.isNull() ? "" : AnswerRows.rounded(rate.asText()));
    }

    // --- each by itself

    @Test
    void everyFilterByItself() {
        AtOnce all = new AtOnce();
        for (KnownCaller who : CALLERS) {
            KnownFilters.VALUES.forEach((filter, values) -> {
                // A tenant's filters are the same; what is its own is in the groupings.
                List<String> tried = who.tenant().isEmpty() ? values : List.of(values.getFirst(), values.getLast());
                for (String value : tried) {
                    all.add(() -> filtered(who, filter, question(who, Map.of(filter, List.of(value)))));
                }
                all.add(() -> reports(who, question(who, Map.of(filter, List.of(values.getFirst()))), "ndjson"));
            });
        }
        all.run();
    }

    private static void filtered(KnownCaller who, String filter, KnownQuestion question) {
        failures(who, question, List.of(), "json", 1000);
        if (KnownFilters.OF_SESSIONS.contains(filter)) {
            sessions(who, question, "month", List.of(), "json", 1000);
            summary(who, question);
            if (!filter.equals("policyType")) {
                organizations(who, question, "json");
            }
        }
    }

    @Test
    void everyGroupingByItselfAndEachPair() {
        AtOnce all = new AtOnce();
        for (KnownCaller who : CALLERS) {
            for (int i = 0; i < FAILURE_KEYS.size(); i++) {
                for (int f = 0; f < FORMATS.size(); f++) {
                    // Each tenant has every grouping, in one format; who sees all has it in each.
                    if (who.tenant().isEmpty() || f == i % FORMATS.size()) {
                        List<String> key = List.of(FAILURE_KEYS.get(i));
                        String format = FORMATS.get(f);
                        all.add(() -> failures(who, question(who, Map.of()), key, format, 1000));
                    }
                }
            }
        }
        KnownCaller admin = CALLERS.getFirst();
        for (int i = 0; i < FAILURE_KEYS.size(); i++) {
            for (int j = i + 1; j < FAILURE_KEYS.size(); j++) {
                List<String> pair = List.of(FAILURE_KEYS.get(j), FAILURE_KEYS.get(i));
                all.add(() -> failures(admin, question(admin, Map.of()), pair, "ndjson", 1000));
            }
        }
        all.run();
    }

    @Test
    void everyIntervalWithEverySetOfGroups() {
        AtOnce all = new AtOnce();
        for (KnownCaller who : CALLERS) {
            for (String interval : INTERVALS) {
                // Of a tenant every second: what differs there is whose rows they are.
                for (int set = 0;
                        set < 1 << SESSION_KEYS.size();
                        set += who.tenant().isEmpty() ? 1 : 2) {
                    List<String> groupBy = new ArrayList<>();
                    for (int i = 0; i < SESSION_KEYS.size(); i++) {
                        if ((set >> i & 1) == 1) {
                            groupBy.add(SESSION_KEYS.get(i));
                        }
                    }
                    String format = FORMATS.get(set % 3);
                    all.add(() -> sessions(who, question(who, Map.of()), interval, groupBy, format, 1000));
                }
            }
        }
        all.run();
    }

    @Test
    void listsOfEachCaller() {
        AtOnce all = new AtOnce();
        for (KnownCaller who : CALLERS) {
            for (String format : FORMATS) {
                all.add(() -> organizations(who, question(who, Map.of()), format));
                all.add(() -> reports(who, question(who, Map.of()), format));
                all.add(() -> domains(who, format));
            }
            all.add(() -> summary(who, question(who, Map.of())));
        }
        all.run();
    }

    private static void domains(KnownCaller who, String format) {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        KnownQuestion month = new KnownQuestion(WORLD, who.seen(), today.minusDays(29), WORLD.last, Map.of());
        Map<String, Map<String, String>> sums = new TreeMap<>();
        KnownAnswers.sessions(month, "total", List.of("domain")).forEach(row -> sums.put(row.get("domain"), row));
        List<Map<String, String>> expected = new ArrayList<>();
        for (String domain : who.seen()) {
            Map<String, String> row = new LinkedHashMap<>(sums.get(domain));
            row.remove("reports");
            row.remove("provisional");
            row.put("state", WORLD.owners.containsKey(domain) ? "watched" : "unclaimed");
            row.put("tenant", WORLD.owners.getOrDefault(domain, ""));
            expected.add(row);
        }
        same(
                "domains as " + who.tenant(),
                who.rows("domains?" + "state=watched", format, 7),
                expected.stream()
                        .filter(row -> "watched".equals(row.get("state")))
                        .toList(),
                format);
        if (who.tenant().isEmpty()) {
            same(
                    "domains",
                    who.rows("domains?state=unclaimed", format, 7),
                    expected.stream()
                            .filter(row -> "unclaimed".equals(row.get("state")))
                            .toList(),
                    format);
        }
    }

    @Test
    void singleReportsAsEachSeesThem() {
        Map<String, String> ids = new TreeMap<>();
        String days = "reports?from=" + WORLD.first + "&to=" + WORLD.first;
        CALLERS.getFirst().rows(days, "json", 1000).forEach(row -> ids.put(row.get("reportId"), row.get("id")));
        AtOnce all = new AtOnce();
        for (KnownCaller who : CALLERS) {
            for (KnownWorld.Report report : WORLD.reports) {
                String id = ids.get(report.id());
                if (id != null) {
                    all.add(() -> single(who, report, id));
                }
            }
        }
        all.run();
    }

    private static void single(KnownCaller who, KnownWorld.Report report, String id) {
        List<KnownWorld.Policy> seen = report.policies().stream()
                .filter(policy -> who.seen().contains(policy.domain()))
                .toList();
        if (seen.isEmpty()) {
            assertThat(who.status("reports/" + id)).isEqualTo(404);
            assertThat(who.status("reports/" + id + "/raw")).isEqualTo(404);
            return;
        }
        JsonNode told = who.json("reports/" + id);
        same(id, List.of(AnswerRows.ofJsonRow(told)), List.of(KnownAnswers.listed(report, who.seen())), "json");
        assertThat(told.path("policies")).hasSameSizeAs(seen);
        assertThat(told.path("policies").findValues("failureDetails").stream()
                        .mapToInt(JsonNode::size)
                        .sum())
                .isEqualTo(seen.stream()
                        .mapToInt(policy -> policy.details().size())
                        .sum());
        assertThat(who.json("reports/" + id + "/raw").path("policies")).hasSameSizeAs(seen);
    }

    @Test
    void metricsOfEachWatchedDomain() {
        Map<String, Long> expected = KnownAnswers.sessionsByOutcome(WORLD);
        // A batch is counted after its transaction: what can be asked for may not be counted yet.
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(countedSessions()).isEqualTo(expected));
    }

    private static Map<String, Long> countedSessions() {
        Map<String, Long> told = new TreeMap<>();
        sealpost.getManagement("/q/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("sealpost_domain_sessions_total{"))
                .forEach(line -> told.merge(
                        line.replaceAll(".*domain=\"([^\"]*)\".*outcome=\"([^\"]*)\".*", "$1 $2"),
                        (long) Double.parseDouble(line.substring(line.lastIndexOf(' '))),
                        Long::sum));
        return told;
    }

    // --- many at once

    @Test
    void whateverIsCombined() {
        Random random = new Random(SEED);
        AtOnce together = new AtOnce();
        for (int i = 0; i < DRAWS; i++) {
            KnownCaller who = CALLERS.get(random.nextInt(CALLERS.size()));
            Map<String, List<String>> filters = KnownFilters.drawn(random);
            LocalDate from = WORLD.first.plusDays(random.nextInt(KnownWorld.DAYS));
            LocalDate to = from.plusDays(random.nextInt(KnownWorld.DAYS));
            to = to.isAfter(WORLD.last) ? WORLD.last : to;
            KnownQuestion all = new KnownQuestion(WORLD, who.seen(), from, to, filters);
            KnownQuestion some = new KnownQuestion(WORLD, who.seen(), from, to, ofSessions(filters));
            String format = FORMATS.get(random.nextInt(3));
            int limit = 50 + random.nextInt(900);
            List<String> ofFailures = KnownFilters.some(random, FAILURE_KEYS, 3);
            together.add(() -> failures(who, all, ofFailures, format, limit));
            String interval = INTERVALS.get(random.nextInt(4));
            List<String> ofSessions = KnownFilters.some(random, SESSION_KEYS, 3);
            together.add(() -> sessions(who, some, interval, ofSessions, format, limit));
            together.add(() -> reports(who, all, format));
            together.add(() -> summary(who, some));
            if (!filters.containsKey("policyType")) {
                together.add(() -> organizations(who, some, format));
            }
        }
        together.run();
    }
}
