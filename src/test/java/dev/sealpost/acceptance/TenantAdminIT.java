package dev.sealpost.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What an administrator of one tenant may do: with its own everything that is safe, with others' as if they were not there. */
class TenantAdminIT {
    private static final SealpostProcess SEALPOST = SharedSealpost.get();
    private static final String MINE = "mine.admins.example";
    private static final String THEIRS = "theirs.admins.example";
    private static final String UNKNOWN = "00000000-0000-8000-8000-000000000000";
    private static String admin = "";
    private static JsonNode theirKey;

    @BeforeAll
    static void twoTenants() {
        for (Map.Entry<String, String> each :
                Map.of(MINE, "admins-a", THEIRS, "admins-b").entrySet()) {
            assertThat(Calls.with(
                                    SEALPOST,
                                    "PUT",
                                    "/api/v1/domains/" + each.getKey(),
                                    "{\"tenant\":\"" + each.getValue() + "\"}")
                            .statusCode())
                    .isIn(200, 201);
        }
        admin = make("{\"role\":\"admin\",\"tenant\":\"admins-a\"}").path("key").asText();
        theirKey = make("{\"role\":\"viewer\",\"tenant\":\"admins-b\"}");
    }

    private static JsonNode make(String body) {
        HttpResponse<String> made = Calls.with(SEALPOST, "POST", "/api/v1/keys", body);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        return Answers.json(made);
    }

    private static HttpResponse<String> ask(String caller, String method, String path, String body) {
        return SEALPOST.send(HttpRequest.newBuilder(SEALPOST.uri("/api/v1/" + path))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + caller)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    private static List<JsonNode> audit(String caller) {
        JsonNode items =
                Answers.json(ask(caller, "GET", "audit?limit=1000", "")).path("items");
        return items.valueStream().toList();
    }

    @Test
    void keysAreOfTheTenantWhoeverAsks() {
        HttpResponse<String> made = ask(admin, "POST", "keys", "{\"role\":\"operator\"}");
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        assertThat(Answers.json(made).path("tenant").asText()).isEqualTo("admins-a");
        for (String wish : List.of("admins-b", "*", "default")) {
            assertThat(ask(admin, "POST", "keys", "{\"role\":\"viewer\",\"tenant\":\"" + wish + "\"}")
                            .statusCode())
                    .isEqualTo(400);
        }
        JsonNode listed = Answers.json(ask(admin, "GET", "keys?limit=1000", "")).path("items");
        assertThat(listed.findValuesAsText("tenant")).isNotEmpty().containsOnly("admins-a");
        String id = Answers.json(made).path("id").asText();
        assertThat(ask(admin, "DELETE", "keys/" + id, "").statusCode()).isEqualTo(204);
    }

    @Test
    void anotherTenantsKeyIsAsOneThatIsNotThere() {
        HttpResponse<String> theirs =
                ask(admin, "DELETE", "keys/" + theirKey.path("id").asText(), "");
        HttpResponse<String> unknown = ask(admin, "DELETE", "keys/" + UNKNOWN, "");
        assertThat(theirs.statusCode()).isEqualTo(404).isEqualTo(unknown.statusCode());
        assertThat(theirs.body()).isEqualTo(unknown.body());
        assertThat(ask(theirKey.path("key").asText(), "GET", "me", "").statusCode())
                .isEqualTo(200);
    }

    @Test
    void aKeyForSomeDomainsMakesNoneForOthers() {
        String some = make("{\"role\":\"admin\",\"tenant\":\"admins-a\",\"domains\":[\"" + MINE + "\"]}")
                .path("key")
                .asText();
        JsonNode made = Answers.json(ask(some, "POST", "keys", "{\"role\":\"viewer\"}"));
        assertThat(made.path("domains").valueStream().map(JsonNode::asText)).containsExactly(MINE);
        assertThat(ask(some, "POST", "keys", "{\"role\":\"viewer\",\"domains\":[\"other.admins.example\"]}")
                        .statusCode())
                .isEqualTo(400);
        JsonNode listed = Answers.json(ask(some, "GET", "keys?limit=1000", "")).path("items");
        assertThat(listed)
                .isNotEmpty()
                .allSatisfy(key -> assertThat(key.path("domains")).hasSize(1));
    }

    @Test
    void domainsAreChangedWithinTheTenant() {
        HttpResponse<String> own = ask(admin, "PUT", "domains/" + MINE, "{\"mxHosts\":[\"mx1." + MINE + "\"]}");
        assertThat(own.statusCode()).as(own.body()).isEqualTo(200);
        assertThat(Answers.json(own).path("mxHosts").path(0).asText()).isEqualTo("mx1." + MINE);
        for (String body : List.of("{\"mxHosts\":[\"mx." + THEIRS + "\"]}", "{\"tenant\":\"admins-b\"}")) {
            assertThat(ask(admin, "PUT", "domains/" + MINE, body).statusCode())
                    .as(body)
                    .isEqualTo(400);
        }
        assertThat(ask(admin, "DELETE", "domains/gone.admins.example", "").statusCode())
                .isEqualTo(404);
    }

    @Test
    void anotherTenantsDomainIsAsOneThatIsNotThere() {
        for (String method : List.of("PUT", "DELETE")) {
            HttpResponse<String> theirs = ask(admin, method, "domains/" + THEIRS, "");
            HttpResponse<String> unknown = ask(admin, method, "domains/nobody.admins.example", "");
            assertThat(theirs.statusCode()).isEqualTo(404).isEqualTo(unknown.statusCode());
            assertThat(theirs.body()).isEqualTo(unknown.body());
        }
        assertThat(Answers.json(SEALPOST.get("/api/v1/domains/" + THEIRS))
                        .path("tenant")
                        .asText())
                .isEqualTo("admins-b");
    }

    @Test
    void everyChangeIsInTheAuditLogAndATenantSeesItsOwn() {
        String bare = "audited.admins.example";
        Calls.with(SEALPOST, "PUT", "/api/v1/domains/" + bare, "{\"tenant\":\"admins-a\"}");
        assertThat(ask(admin, "DELETE", "domains/" + bare, "").statusCode()).isEqualTo(204);
        JsonNode key = make("{\"role\":\"intake\",\"tenant\":\"admins-b\"}");
        Calls.with(SEALPOST, "DELETE", "/api/v1/keys/" + key.path("id").asText(), "");
        SEALPOST.post("no report for the audit log");
        Calls.with(SEALPOST, "POST", "/api/v1/quarantine/replay?source=nobody", "");

        List<String> mine = audit(admin).stream().map(TenantAdminIT::line).toList();
        assertThat(mine)
                .contains("putDomain domains/" + bare + " admins-a", "deleteDomain domains/" + bare + " admins-a")
                .noneMatch(line -> line.contains("admins-b"));
        List<String> all =
                audit(SEALPOST.adminKey()).stream().map(TenantAdminIT::line).toList();
        String subject = "keys/" + key.path("id").asText();
        assertThat(all)
                .containsAll(mine)
                .contains("createKey " + subject + " admins-b", "revokeKey " + subject + " admins-b");
        assertThat(all).anyMatch(line -> line.startsWith("replayQuarantine quarantine/replay"));
        assertThat(all).doesNotContain("GET");
        JsonNode page = Answers.json(SEALPOST.get("/api/v1/audit?limit=2"));
        JsonNode next = Answers.json(
                SEALPOST.get("/api/v1/audit?limit=2&cursor=" + page.path("next").asText()));
        assertThat(next.path("items").path(0).path("id").asLong())
                .isLessThan(page.path("items").path(1).path("id").asLong());
    }

    private static String line(JsonNode item) {
        return item.path("what").asText() + " " + item.path("subject").asText() + " "
                + item.path("tenant").asText("");
    }

    @Test
    void whatWasRefusedIsNoChange() {
        Map<String, Integer> refused = new TreeMap<>(Map.of("keys", 400, "domains/not..a..domain", 400));
        long before = audit(SEALPOST.adminKey()).getFirst().path("id").asLong();
        refused.forEach((path, status) -> assertThat(
                        ask(SEALPOST.adminKey(), path.equals("keys") ? "POST" : "PUT", path, "{}")
                                .statusCode())
                .isEqualTo(status));
        assertThat(audit(SEALPOST.adminKey()).getFirst().path("id").asLong()).isEqualTo(before);
    }
}
