package dev.sealpost.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
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
    private static final List<Who> CALLERS = new ArrayList<>();
    private static SealpostProcess sealpost;

    /**
     * Who asks.
     *
     * @param tenant empty for who sees all
     * @param named whether its domains are named one by one
     */
    private record Who(String key, String tenant, boolean named, Set<String> seen) {}

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
        CALLERS.add(new Who(sealpost.adminKey(), "", false, all));
        WORLD.owners.forEach((domain, tenant) -> assertThat(
                        Calls.with(sealpost, "PUT", "/api/v1/domains/" + domain, "{\"tenant\":\"" + tenant + "\"}")
                                .statusCode())
                .isEqualTo(201));
        for (String tenant : KnownWorld.TENANTS) {
            Set<String> seen = WORLD.owners.keySet().stream()
                    .filter(domain -> tenant.equals(WORLD.owners.get(domain)))
                    .collect(Collectors.toSet());
            CALLERS.add(new Who(key(tenant, ""), tenant, false, seen));
        }
        Set<String> two = Set.of("d1.known.example", "d4.known.example");
        CALLERS.add(new Who(
                key("south", ",\"domains\":[\"" + String.join("\",\"", two) + "\"]"),
                "south",
                true,
                two.stream()
                        .filter(domain -> "south".equals(WORLD.owners.get(domain)))
                        .collect(Collectors.toSet())));
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

    // --- asking

    private static String ask(Who who, String path) {
        HttpResponse<String> answer = sealpost.send(HttpRequest.newBuilder(sealpost.uri("/api/v1/" + path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + who.key()));
        assertThat(answer.statusCode())
                .as("%s as %s: %s", path, who.tenant(), answer.body())
                .isEqualTo(200);
        return answer.body();
    }

    private static JsonNode json(Who who, String path) {
        try {
            return new com.fasterxml.jackson.databind.ObjectMapper().readTree(ask(who, path));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Map<String, String>> rows(Who who, String path, String format, int limit) {
        if (!format.equals("json")) {
            String body = ask(who, path + "&format=" + format);
            return format.equals("csv") ? AnswerRows.ofCsv(body) : AnswerRows.ofNdjson(body);
        }
        List<Map<String, String>> rows = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = json(who, path + "&limit=" + limit + next);
            rows.addAll(AnswerRows.ofJson(page.has("rows") ? page.path("rows") : page.path("items")));
            String cursor = page.path("next").asText("");
            next = page.path("next").isNull() ? "" : "&cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8);
        } while (!next.isEmpty());
        return rows;
    }

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

    private static KnownQuestion question(Who who, Map<String, List<String>> filters) {
        return new KnownQuestion(WORLD, who.seen(), WORLD.first, WORLD.last, filters);
    }

    private static Map<String, List<String>> ofSessions(Map<String, List<String>> filters) {
        Map<String, List<String>> some = new TreeMap<>(filters);
        some.keySet().retainAll(KnownFilters.OF_SESSIONS);
        return some;
    }

    // --- the calls

    private static void failures(Who who, KnownQuestion question, List<String> groupBy, String format, int limit) {
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
        List<Map<String, String>> told = rows(who, path, format, limit);
        same(path + " as " + who.tenant(), told, KnownAnswers.failures(question, keys, counted), format);
        ordered(path, told, keys);
    }

    private static void sessions(
            Who who, KnownQuestion question, String interval, List<String> groupBy, String format, int limit) {
        String path = "sessions?interval=" + interval + "&" + question.text()
                + groupBy.stream().map(key -> "&groupBy=" + key).collect(Collectors.joining());
        List<Map<String, String>> told = rows(who, path, format, limit);
        same(path + " as " + who.tenant(), told, KnownAnswers.sessions(question, interval, groupBy), format);
        ordered(path, told, List.of(interval));
    }

    private static void organizations(Who who, KnownQuestion question, String format) {
        String path = "organizations?" + question.text();
        same(path, rows(who, path, format, 2), KnownAnswers.organizations(question), format);
    }

    private static void reports(Who who, KnownQuestion question, String format) {
        String path = "reports?" + question.text();
        same(path + " as " + who.tenant(), rows(who, path, format, 1000), KnownAnswers.reports(question), format);
    }

    private static void summary(Who who, KnownQuestion question) {
        String path = "summary?" + question.text();
        JsonNode told = json(who, path);
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
        for (Who who : CALLERS) {
            KnownFilters.VALUES.forEach((filter, values) -> {
                // A tenant's filters are the same; what is its own is in the groupings.
                List<String> tried = who.tenant().isEmpty() ? values : List.of(values.getFirst(), values.getLast());
                for (String value : tried) {
                    KnownQuestion question = question(who, Map.of(filter, List.of(value)));
                    failures(who, question, List.of(), "json", 1000);
                    if (KnownFilters.OF_SESSIONS.contains(filter)) {
                        sessions(who, question, "month", List.of(), "json", 1000);
                        summary(who, question);
                        if (!filter.equals("policyType")) {
                            organizations(who, question, "json");
                        }
                    }
                }
                reports(who, question(who, Map.of(filter, List.of(values.getFirst()))), "ndjson");
            });
        }
    }

    @Test
    void everyGroupingByItselfAndEachPair() {
        for (Who who : CALLERS) {
            for (String key : FAILURE_KEYS) {
                for (String format : FORMATS) {
                    failures(who, question(who, Map.of()), List.of(key), format, 1000);
                }
            }
        }
        Who admin = CALLERS.getFirst();
        for (int i = 0; i < FAILURE_KEYS.size(); i++) {
            for (int j = i + 1; j < FAILURE_KEYS.size(); j++) {
                List<String> pair = List.of(FAILURE_KEYS.get(j), FAILURE_KEYS.get(i));
                failures(admin, question(admin, Map.of()), pair, "ndjson", 1000);
            }
        }
    }

    @Test
    void everyIntervalWithEverySetOfGroups() {
        for (Who who : CALLERS) {
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
                    sessions(who, question(who, Map.of()), interval, groupBy, FORMATS.get(set % 3), 1000);
                }
            }
        }
    }

    @Test
    void listsOfEachCaller() {
        for (Who who : CALLERS) {
            for (String format : FORMATS) {
                organizations(who, question(who, Map.of()), format);
                reports(who, question(who, Map.of()), format);
                domains(who, format);
            }
            summary(who, question(who, Map.of()));
        }
    }

    private static void domains(Who who, String format) {
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
                rows(who, "domains?" + "state=watched", format, 7),
                expected.stream()
                        .filter(row -> "watched".equals(row.get("state")))
                        .toList(),
                format);
        if (who.tenant().isEmpty()) {
            same(
                    "domains",
                    rows(who, "domains?state=unclaimed", format, 7),
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
        rows(CALLERS.getFirst(), days, "json", 1000).forEach(row -> ids.put(row.get("reportId"), row.get("id")));
        for (Who who : CALLERS) {
            for (KnownWorld.Report report : WORLD.reports) {
                String id = ids.get(report.id());
                if (id == null) {
                    continue;
                }
                List<KnownWorld.Policy> seen = report.policies().stream()
                        .filter(policy -> who.seen().contains(policy.domain()))
                        .toList();
                if (seen.isEmpty()) {
                    assertThat(status(who, "reports/" + id)).isEqualTo(404);
                    assertThat(status(who, "reports/" + id + "/raw")).isEqualTo(404);
                    continue;
                }
                JsonNode told = json(who, "reports/" + id);
                same(id, List.of(AnswerRows.ofJsonRow(told)), List.of(KnownAnswers.listed(report, who.seen())), "json");
                assertThat(told.path("policies")).hasSameSizeAs(seen);
                assertThat(told.path("policies").findValues("failureDetails").stream()
                                .mapToInt(JsonNode::size)
                                .sum())
                        .isEqualTo(seen.stream()
                                .mapToInt(policy -> policy.details().size())
                                .sum());
                assertThat(json(who, "reports/" + id + "/raw").path("policies")).hasSameSizeAs(seen);
            }
        }
    }

    private static int status(Who who, String path) {
        return sealpost.send(HttpRequest.newBuilder(sealpost.uri("/api/v1/" + path))
                        .header("Authorization", "Bearer " + who.key()))
                .statusCode();
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
        for (int i = 0; i < DRAWS; i++) {
            Who who = CALLERS.get(random.nextInt(CALLERS.size()));
            Map<String, List<String>> filters = KnownFilters.drawn(random);
            LocalDate from = WORLD.first.plusDays(random.nextInt(KnownWorld.DAYS));
            LocalDate to = from.plusDays(random.nextInt(KnownWorld.DAYS));
            to = to.isAfter(WORLD.last) ? WORLD.last : to;
            KnownQuestion all = new KnownQuestion(WORLD, who.seen(), from, to, filters);
            KnownQuestion some = new KnownQuestion(WORLD, who.seen(), from, to, ofSessions(filters));
            String format = FORMATS.get(random.nextInt(3));
            int limit = 50 + random.nextInt(900);
            failures(who, all, KnownFilters.some(random, FAILURE_KEYS, 3), format, limit);
            String interval = INTERVALS.get(random.nextInt(4));
            sessions(who, some, interval, KnownFilters.some(random, SESSION_KEYS, 3), format, limit);
            reports(who, all, format);
            summary(who, some);
            if (!filters.containsKey("policyType")) {
                organizations(who, some, format);
            }
        }
    }
}
