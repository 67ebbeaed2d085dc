package dev.sealpost.acceptance;

import static dev.sealpost.acceptance.Reports.detail;
import static dev.sealpost.acceptance.Reports.policy;
import static dev.sealpost.acceptance.Reports.report;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What callers of one tenant see of another's: nothing, whatever they ask for. */
class TenantsIT {
    private static final SealpostProcess SEALPOST = SharedSealpost.get();

    /** Stands in everything that belongs to the other tenant. */
    private static final String CANARY = "canary";

    private static final String MINE = "mine.tenants.example";
    private static final String THEIRS = "canary.tenants.example";
    private static final String DAYS = "from=2026-10-01&to=2026-10-31";

    private static String key = "";
    private static String foreign = "";
    private static String shared = "";
    private static String foreignImport = "";
    private static String foreignEntry = "";

    @BeforeAll
    static void twoTenants() {
        put(MINE, "tenant-a");
        put(THEIRS, "tenant-b");
        key = key("viewer", "tenant-a", "");
        foreign = post(report(
                "Canary Reporter",
                "canary-only",
                "2026-10-05",
                policy("sts", THEIRS, 3, 7, detail("certificate-expired", "mx.canary.example", "192.0.2.77", 7))));
        post(report("Own Reporter", "own", MINE, "2026-10-05", 2, 1));
        shared = post(report(
                "Shared Reporter",
                "shared",
                "2026-10-06",
                policy("sts", MINE, 10, 1, detail("starttls-not-supported", "mx.mine.example", "192.0.2.1", 1)) + ","
                        + policy(
                                "sts",
                                THEIRS,
                                1_000,
                                50,
                                detail("validation-failure", "mx.canary.example", "192.0.2.77", 50))));
    }

    /** An import of the other tenant with something for the quarantine. */
    @BeforeAll
    static void anImportOfTheOther() {
        String operator = key("operator", "tenant-b", "");
        HttpResponse<String> taken = SEALPOST.send(HttpRequest.newBuilder(SEALPOST.uri("/api/v1/imports"))
                .header("Authorization", "Bearer " + operator)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"report-id\":\"canary of an import\",")));
        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(202);
        foreignImport = Answers.json(taken).path("id").asText();
        String id = "SELECT id FROM quarantine WHERE source LIKE '%/" + foreignImport + "'";
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> !Calls.sql(SEALPOST, id).isEmpty());
        foreignEntry = Calls.sql(SEALPOST, id);
    }

    private static void put(String domain, String tenant) {
        HttpResponse<String> answer =
                Calls.with(SEALPOST, "PUT", "/api/v1/domains/" + domain, "{\"tenant\":\"" + tenant + "\"}");
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
    }

    private static String key(String role, String tenant, String more) {
        HttpResponse<String> made = Calls.with(
                SEALPOST,
                "POST",
                "/api/v1/keys",
                "{\"role\":\"%s\",\"tenant\":\"%s\"%s}".formatted(role, tenant, more));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        return Answers.json(made).path("key").asText();
    }

    /** The id of a report once it is stored. */
    private static String post(String json) {
        HttpResponse<String> answer = Calls.post(SEALPOST, "/tlsrpt", json);
        assertThat(answer.statusCode()).isEqualTo(200);
        String receipt = Answers.json(answer).path("receipt").asText();
        String id = "SELECT id FROM report WHERE receipt = '" + receipt + "'";
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> !Calls.sql(SEALPOST, id).isEmpty());
        return Calls.sql(SEALPOST, id);
    }

    private static HttpResponse<String> ask(String caller, String method, String path) {
        return SEALPOST.send(HttpRequest.newBuilder(SEALPOST.uri(path))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + caller)
                .method(method, HttpRequest.BodyPublishers.ofString("")));
    }

    private static JsonNode get(String caller, String path) {
        HttpResponse<String> answer = ask(caller, "GET", path);
        assertThat(answer.statusCode()).as(path + ": " + answer.body()).isEqualTo(200);
        return Answers.json(answer);
    }

    @Test
    void aCallerSeesItsOwn() {
        JsonNode total =
                get(key, "/api/v1/sessions?interval=total&" + DAYS).path("rows").path(0);
        assertThat(total.path("successfulSessions").asLong()).isEqualTo(12);
        assertThat(total.path("failedSessions").asLong()).isEqualTo(2);
        assertThat(get(key, "/api/v1/failures?" + DAYS).path("rows"))
                .extracting(row -> row.path("resultType").asText())
                .containsExactlyInAnyOrder("starttls-not-supported", "unspecified");
        JsonNode me = get(key, "/api/v1/me");
        assertThat(List.of(me.path("role").asText(), me.path("tenant").asText()))
                .containsExactly("viewer", "tenant-a");
        assertThat(get(key, "/api/v1/domains").path("items"))
                .extracting(item -> item.path("domain").asText())
                .containsExactly(MINE);
    }

    @Test
    void aSharedReportShowsEachItsPart() {
        JsonNode seen = get(key, "/api/v1/reports/" + shared);
        assertThat(seen.path("domains")).extracting(JsonNode::asText).containsExactly(MINE);
        assertThat(seen.path("successfulSessions").asLong()).isEqualTo(10);
        assertThat(seen.path("policies")).hasSize(1);
        JsonNode raw = get(key, "/api/v1/reports/" + shared + "/raw");
        assertThat(raw.path("report-id").asText()).isEqualTo("shared");
        assertThat(raw.path("policies")).hasSize(1);
        assertThat(raw.path("policies")
                        .path(0)
                        .path("failure-details")
                        .path(0)
                        .path("failed-session-count")
                        .asLong())
                .isOne();
        assertThat(get(SEALPOST.adminKey(), "/api/v1/reports/" + shared + "/raw")
                        .path("policies"))
                .hasSize(2);
    }

    @Test
    void nothingOfAnotherTenantIsInAnyAnswer() {
        List<String> leaks = new ArrayList<>();
        JsonNode paths = openApi().path("paths");
        int calls = 0;
        for (Map.Entry<String, JsonNode> path : paths.properties()) {
            if (!path.getKey().startsWith("/api/v1/")
                    || path.getValue().path("get").isMissingNode()) {
                continue;
            }
            for (String query : queries(path.getKey(), path.getValue().path("get"))) {
                HttpResponse<String> answer = ask(key, "GET", query);
                calls++;
                // A problem may repeat what was asked for.
                String told = answer.statusCode() < 300 ? answer.body() : "";
                boolean refused = List.of(200, 400, 403, 404).contains(answer.statusCode());
                if (!refused
                        || told.toLowerCase(Locale.ROOT).contains(CANARY)
                        || Stream.of("192.0.2.77", foreignImport, foreignEntry).anyMatch(told::contains)) {
                    leaks.add(query + ": " + answer.statusCode() + " " + answer.body());
                }
            }
        }
        assertThat(leaks).isEmpty();
        assertThat(calls).isGreaterThan(100);
    }

    private static JsonNode openApi() {
        return Answers.json(SEALPOST.getManagement("/q/openapi?format=json"));
    }

    /** The call as it is, with each value of each parameter that is a choice, and with all that names the other's things. */
    private static List<String> queries(String path, JsonNode operation) {
        String id = path.contains("/quarantine/") ? foreignEntry : path.contains("/imports/") ? foreignImport : foreign;
        String place = path.replace("{domain}", THEIRS).replace("{id}", id);
        boolean days = StreamSupport.stream(operation.path("parameters").spliterator(), false)
                .anyMatch(parameter -> parameter.path("name").asText().equals("from"));
        String base = place + "?" + (days ? DAYS : "");
        List<String> queries = new ArrayList<>(List.of(place, base));
        for (JsonNode parameter : operation.path("parameters")) {
            String name = parameter.path("name").asText();
            if (!parameter.path("in").asText().equals("query")) {
                continue;
            }
            JsonNode schema = parameter.path("schema").has("items")
                    ? parameter.path("schema").path("items")
                    : parameter.path("schema");
            Stream<String> values = Stream.concat(
                    StreamSupport.stream(schema.path("enum").spliterator(), false)
                            .map(JsonNode::asText),
                    Stream.of(
                            THEIRS,
                            "mx.canary.example",
                            "192.0.2.77",
                            "192.0.2.0%2F24",
                            "canary%20reporter",
                            "Canary%20Reporter"));
            values.forEach(value -> {
                queries.add(base + "&" + name + "=" + value);
                queries.add(base + "&" + name + "=" + value + "&format=csv");
                queries.add(base + "&" + name + "=" + value + "&domain=" + THEIRS + "&domain=" + MINE);
            });
        }
        return queries;
    }

    @Test
    void whatIsForeignIsAsIfItWereNotThere() {
        String unknown = "00000000-0000-8000-8000-000000000000";
        for (String form : List.of("/api/v1/reports/%s", "/api/v1/reports/%s/raw")) {
            HttpResponse<String> theirs = ask(key, "GET", form.formatted(foreign));
            assertThat(theirs.statusCode()).isEqualTo(404);
            assertThat(theirs.body())
                    .isEqualTo(ask(key, "GET", form.formatted(unknown)).body());
        }
        HttpResponse<String> theirs = ask(key, "GET", "/api/v1/domains/" + THEIRS);
        assertThat(theirs.statusCode()).isEqualTo(404);
        assertThat(theirs.body())
                .isEqualTo(ask(key, "GET", "/api/v1/domains/nobody.tenants.example")
                        .body());
    }

    @Test
    void aBoundCallerChangesNothingThatIsNotItsOwn() {
        String operator = key("operator", "tenant-a", "");
        String admin = key("admin", "tenant-a", "");
        for (String caller : List.of(key, operator, admin)) {
            for (String call : List.of(
                    "DELETE /api/v1/reports/" + shared,
                    "POST /api/v1/reports/" + shared + "/prefer",
                    "PUT /api/v1/domains/" + THEIRS,
                    "DELETE /api/v1/domains/" + THEIRS,
                    "GET /api/v1/keys",
                    "POST /api/v1/keys",
                    "GET /api/v1/audit",
                    "GET /api/v1/mailboxes")) {
                boolean ownToo = caller.equals(admin)
                        && Stream.of("domains", "keys", "audit").anyMatch(call::contains);
                String[] words = call.split(" ", 2);
                assertThat(ask(caller, words[0], words[1]).statusCode())
                        .as(call)
                        .isIn(ownToo ? List.of(200, 400, 404) : List.of(403));
            }
        }
        assertThat(get(SEALPOST.adminKey(), "/api/v1/domains/" + THEIRS)
                        .path("tenant")
                        .asText())
                .isEqualTo("tenant-b");
    }

    @Test
    void aKeyMaySeeAllTenantsOrSomeDomains() {
        String all = key("viewer", "*", "");
        assertThat(get(all, "/api/v1/me").path("tenant").isNull()).isTrue();
        assertThat(get(all, "/api/v1/reports/" + foreign).path("reportId").asText())
                .isEqualTo("canary-only");
        String none = key("viewer", "tenant-a", ",\"domains\":[\"other.tenants.example\"]");
        assertThat(get(none, "/api/v1/sessions?" + DAYS).path("rows").findValues("reports").stream()
                        .allMatch(reports -> reports.asLong() == 0))
                .isTrue();
        String some = key("viewer", "tenant-a", ",\"domains\":[\"" + MINE + "\",\"" + THEIRS + "\"]");
        assertThat(get(some, "/api/v1/domains").path("items")).hasSize(1);
    }

    @Test
    void tenantsAreThoseThatAreNamed() {
        List<String> tenants = StreamSupport.stream(
                        get(SEALPOST.adminKey(), "/api/v1/tenants?limit=1000")
                                .path("items")
                                .spliterator(),
                        false)
                .map(item -> item.path("tenant").asText())
                .toList();
        assertThat(tenants)
                .contains("default", "tenant-a", "tenant-b")
                .doesNotContain("*")
                .isSorted();
        assertThat(ask(key("admin", "tenant-a", ""), "GET", "/api/v1/tenants").statusCode())
                .isEqualTo(403);
    }

    @Test
    void aRevokedKeyIsGoodForNothingWithinASecond() {
        HttpResponse<String> made =
                Calls.with(SEALPOST, "POST", "/api/v1/keys", "{\"role\":\"viewer\",\"tenant\":\"tenant-a\"}");
        JsonNode item = Answers.json(made);
        String brief = item.path("key").asText();
        assertThat(get(brief, "/api/v1/me").path("tenant").asText()).isEqualTo("tenant-a");
        JsonNode keys = get(SEALPOST.adminKey(), "/api/v1/keys?limit=1000").path("items");
        assertThat(keys)
                .filteredOn(each -> each.path("id").equals(item.path("id")))
                .singleElement()
                .satisfies(each -> assertThat(each.path("lastUsed").isNull()).isFalse());
        Calls.with(SEALPOST, "DELETE", "/api/v1/keys/" + item.path("id").asText(), "");
        Awaitility.await()
                .atMost(Duration.ofSeconds(2))
                .until(() -> ask(brief, "GET", "/api/v1/me").statusCode() == 401);
    }
}
