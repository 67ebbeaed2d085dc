package dev.sealpost.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Imports and the quarantine for callers of a tenant: their own, and nothing else, whatever they ask for. */
class TenantImportsIT {
    private static final SealpostProcess SEALPOST = SharedSealpost.get();
    private static final String MINE = "mine.imports.example";
    private static final String THEIRS = "theirs.imports.example";
    private static final String DAY = "2026-11-02";
    private static final String UNKNOWN = "00000000-0000-8000-8000-000000000000";
    private static final String JUNK = "{\"report-id\":\"junk that %s brought\",";

    private static String mine = "";
    private static String colleague = "";
    private static String limited = "";
    private static String theirs = "";

    @BeforeAll
    static void twoTenants() {
        put(MINE, "imports-a");
        put(THEIRS, "imports-b");
        mine = key("operator", "imports-a", "");
        colleague = key("viewer", "imports-a", "");
        limited = key("operator", "imports-a", ",\"domains\":[\"" + MINE + "\"]");
        theirs = key("operator", "imports-b", "");
    }

    private static void put(String domain, String tenant) {
        assertThat(Calls.with(SEALPOST, "PUT", "/api/v1/domains/" + domain, "{\"tenant\":\"" + tenant + "\"}")
                        .statusCode())
                .isIn(200, 201);
    }

    private static String key(String role, String tenant, String more) {
        String body = "{\"role\":\"%s\",\"tenant\":\"%s\"%s}".formatted(role, tenant, more);
        return Answers.json(Calls.with(SEALPOST, "POST", "/api/v1/keys", body))
                .path("key")
                .asText();
    }

    private static HttpResponse<String> ask(String caller, String method, String path, String body) {
        return SEALPOST.send(HttpRequest.newBuilder(SEALPOST.uri("/api/v1/" + path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + caller)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    /** The end of an import, as its maker sees it, once its reports are in the tables. */
    private static JsonNode imported(String caller, long stored, String... documents) {
        HttpResponse<String> taken = ask(caller, "POST", "imports", String.join("\n", documents));
        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(202);
        String path = "imports/" + Answers.json(taken).path("id").asText();
        return Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(
                        () -> Answers.json(ask(caller, "GET", path, "")),
                        item -> item.path("state").asText().equals("done")
                                && item.path("stored").asLong() == stored);
    }

    private static List<String> ids(String caller, String path) {
        List<String> ids = new ArrayList<>();
        HttpResponse<String> answer = ask(caller, "GET", path, "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        Answers.json(answer)
                .path("items")
                .forEach(item -> ids.add(item.path("id").asText()));
        return ids;
    }

    /** The only entry that a search finds, once it is there. */
    private static String entry(String caller, String query) {
        return Awaitility.await(query)
                .atMost(Duration.ofSeconds(30))
                .until(() -> ids(caller, "quarantine?limit=1000&" + query), found -> found.size() == 1)
                .getFirst();
    }

    private static void absent(String caller, String method, String form, String id) {
        HttpResponse<String> foreign = ask(caller, method, form.formatted(id), "");
        HttpResponse<String> unknown = ask(caller, method, form.formatted(UNKNOWN), "");
        assertThat(foreign.statusCode()).as(method + " " + form).isEqualTo(404);
        assertThat(foreign.body()).isEqualTo(unknown.body());
    }

    @Test
    void anImportIsOfTheTenantThatMadeIt() {
        String id = imported(mine, 1, Reports.report("Importing", "own", MINE, DAY, 3, 1))
                .path("id")
                .asText();
        assertThat(ids(mine, "imports?limit=1000")).contains(id);
        assertThat(ids(colleague, "imports?limit=1000")).contains(id);
        assertThat(ids(SEALPOST.adminKey(), "imports?limit=1000")).contains(id);
        for (String other : List.of(theirs, limited)) {
            assertThat(ids(other, "imports?limit=1000")).doesNotContain(id);
            absent(other, "GET", "imports/%s", id);
        }
        assertThat(ask(colleague, "POST", "imports", "{}").statusCode()).isEqualTo(403);
    }

    @Test
    void aCallerOfSomeDomainsSeesItsOwnImports() {
        String id = imported(limited, 1, Reports.report("Importing", "limited", MINE, DAY, 3, 1))
                .path("id")
                .asText();
        assertThat(ids(limited, "imports?limit=1000")).containsExactly(id);
        assertThat(ids(mine, "imports?limit=1000")).contains(id);
    }

    @Test
    void aTenantsWordIsWorthNoMoreThanAnybodysAndItsImportTellsNothingOfOthers() {
        JsonNode done = imported(
                mine,
                1,
                Reports.report("Forger", "mixed-1", MINE, DAY, 1, 0),
                Reports.report("Forger", "mixed-2", THEIRS, DAY, 1, 0));
        assertThat(done.path("accepted").asLong()).isEqualTo(2);
        String organization = "reports?from=" + DAY + "&to=" + DAY + "&organization=Forger";
        JsonNode reports = Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(
                        () -> Answers.json(SEALPOST.get("/api/v1/" + organization))
                                .path("items"),
                        items -> items.size() == 2);
        assertThat(reports).extracting(item -> item.path("provenance").asText()).containsOnly("unverified");
        assertThat(done.path("stored").asLong() + done.path("duplicates").asLong())
                .as("of what the caller sees")
                .isEqualTo(1);
    }

    @Test
    void whatAnImportBroughtIntoTheQuarantineIsTheTenants() {
        String source =
                imported(mine, 0, JUNK.formatted("the operator")).path("source").asText();
        String entry = entry(mine, "source=" + source);
        assertThat(ask(mine, "GET", "quarantine/" + entry + "/raw", "").body()).contains("the operator");
        for (String other : List.of(theirs, limited)) {
            assertThat(ids(other, "quarantine?limit=1000")).doesNotContain(entry);
            absent(other, "GET", "quarantine/%s/raw", entry);
            absent(other, "POST", "quarantine/%s/replay", entry);
            absent(other, "DELETE", "quarantine/%s", entry);
        }
        assertThat(ask(colleague, "DELETE", "quarantine/" + entry, "").statusCode())
                .isEqualTo(403);
        assertThat(Answers.json(ask(mine, "POST", "quarantine/" + entry + "/replay", ""))
                        .path("status")
                        .asText())
                .isEqualTo("rejected");
        assertThat(ask(mine, "DELETE", "quarantine/" + entry, "").statusCode()).isEqualTo(204);
        assertThat(ids(SEALPOST.adminKey(), "quarantine?limit=1000")).doesNotContain(entry);
    }

    @Test
    void whatCameByAKeyInTheAddressIsTheTenants() {
        for (String domains : List.of("", ",\"domains\":[\"" + MINE + "\"]")) {
            String address = key("intake", "imports-a", domains);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(5))
                    .until(() -> Calls.post(SEALPOST, "/tlsrpt/" + address, JUNK.formatted("a peer" + domains.length()))
                                    .statusCode()
                            == 400);
            String last = Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(
                            () -> Calls.sql(
                                    SEALPOST,
                                    "SELECT id FROM quarantine WHERE position('a peer" + domains.length()
                                            + " brought'::bytea IN bytes) > 0"),
                            id -> !id.isEmpty());
            assertThat(ids(mine, "quarantine?limit=1000")).contains(last);
            absent(theirs, "GET", "quarantine/%s/raw", last);
            absent(limited, "GET", "quarantine/%s/raw", last);
        }
    }

    @Test
    void replayingAllMeansAllThatIsSeen() {
        String source = imported(theirs, 0, JUNK.formatted("the other operator"))
                .path("source")
                .asText();
        entry(theirs, "source=" + source);
        HttpResponse<String> foreign = ask(mine, "POST", "quarantine/replay?source=" + source, "");
        assertThat(foreign.body()).isEqualTo("{\"accepted\":0,\"rejected\":0,\"next\":null}");
        assertThat(ask(theirs, "POST", "quarantine/replay?source=" + source, "").body())
                .isEqualTo("{\"accepted\":0,\"rejected\":1,\"next\":null}");
    }
}
