package dev.sealpost.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Single sign-on with a provider that signs tokens: who he is, and every way in which he is not. */
class SignOnIT {
    private static SignOnProvider provider;
    private static SealpostProcess sealpost;
    private static HttpResponse<String> whileAway;

    @BeforeAll
    static void start() throws IOException, GeneralSecurityException {
        SealpostProcess shared = SharedSealpost.get();
        provider = new SignOnProvider();
        Path directory = SharedSealpost.temporaryDirectory();
        Map<String, String> settings = OutageIT.addresses(shared.data());
        settings.put("SEALPOST_ROLES", "api");
        settings.put("SEALPOST_OIDC_ISSUER", provider.issuer());
        settings.put("SEALPOST_OIDC_AUDIENCE", "sealpost");
        settings.put("SEALPOST_OIDC_ROLE_CLAIM", "realm_access.roles");
        settings.put("SEALPOST_OIDC_TENANT_CLAIM", "tenant");
        Calls.with(shared, "PUT", "/api/v1/domains/one.sign-on.example", "{\"tenant\":\"sign-on-one\"}");
        Calls.with(shared, "PUT", "/api/v1/domains/two.sign-on.example", "{\"tenant\":\"sign-on-two\"}");
        provider.away(true);
        sealpost = SealpostProcess.start(directory.resolve("sign-on"), settings);
        whileAway = ask("/api/v1/me", provider.token(claims("sealpost-viewer", "sign-on-one")));
        provider.away(false);
    }

    @AfterAll
    static void end() {
        sealpost.close();
        provider.close();
    }

    private static HttpResponse<String> ask(String path, String bearer) {
        return sealpost.send(HttpRequest.newBuilder(sealpost.uri(path))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + bearer));
    }

    private static String claims(String role, String tenant) {
        return claims(
                provider.issuer(), "sealpost", Instant.now().plusSeconds(300), role, "\"tenant\":\"" + tenant + "\"");
    }

    private static String claims(String issuer, String audience, Instant expires, String role, String more) {
        return """
                {"iss":"%s","aud":"%s","exp":%d,"iat":%d,"sub":"4711","preferred_username":"ada",
                "realm_access":{"roles":["other","%s"]},%s}""".formatted(
                issuer, audience, expires.getEpochSecond(), Instant.now().getEpochSecond() - 600, role, more);
    }

    private static JsonNode me(String claims) throws GeneralSecurityException {
        HttpResponse<String> answer = ask("/api/v1/me", provider.token(claims));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Answers.json(answer);
    }

    @Test
    void whileTheProviderIsAwayNobodyIsLetInAndKeysAreGood() {
        assertThat(whileAway.statusCode()).as(whileAway.body()).isEqualTo(503);
        assertThat(whileAway.headers().firstValue("retry-after")).isPresent();
        assertThat(ask("/api/v1/me", sealpost.adminKey()).statusCode()).isEqualTo(200);
    }

    @Test
    void rolesAndTenantsComeFromTheClaims() throws GeneralSecurityException {
        JsonNode viewer = me(claims("sealpost-viewer", "sign-on-one"));
        assertThat(viewer.path("name").asText()).isEqualTo("ada");
        assertThat(viewer.path("role").asText()).isEqualTo("viewer");
        assertThat(viewer.path("tenant").asText()).isEqualTo("sign-on-one");
        assertThat(me(claims("sealpost-admin", "sign-on-two")).path("role").asText())
                .isEqualTo("admin");
        JsonNode all = me(claims("sealpost-operator\",\"sealpost-all-tenants", "ignored"));
        assertThat(all.path("role").asText()).isEqualTo("operator");
        assertThat(all.path("tenant").isNull()).isTrue();
    }

    @Test
    void aTenantSeesItsOwnAndNobodyGetsMoreByTheNameOfARole() throws GeneralSecurityException {
        String token = provider.token(claims("sealpost-admin", "sign-on-one"));
        assertThat(Answers.json(ask("/api/v1/domains", token)).path("items").findValuesAsText("domain"))
                .containsExactly("one.sign-on.example");
        assertThat(ask("/api/v1/domains/two.sign-on.example", token).statusCode())
                .isEqualTo(404);
        assertThat(ask("/api/v1/tenants", token).statusCode()).isEqualTo(403);
        for (String role : List.of("admin", "admin of all tenants", "viewer", "SEALPOST-ADMIN", "")) {
            assertThat(ask("/api/v1/me", provider.token(claims(role, "sign-on-one")))
                            .statusCode())
                    .as(role)
                    .isEqualTo(403);
        }
        for (String tenant : List.of("*", "", "a b", "sign-on-one\",\"x\":\"")) {
            int status = ask("/api/v1/domains", provider.token(claims("sealpost-admin", tenant)))
                    .statusCode();
            assertThat(status).as(tenant).isEqualTo(tenant.contains("x") ? 200 : 403);
        }
        String none = claims(provider.issuer(), "sealpost", Instant.now().plusSeconds(60), "sealpost-admin", "\"a\":1");
        assertThat(ask("/api/v1/domains", provider.token(none)).statusCode()).isEqualTo(403);
    }

    @Test
    void whatTheProviderDidNotSignForUsIsRefused() throws GeneralSecurityException {
        Instant later = Instant.now().plusSeconds(300);
        String good = claims("sealpost-admin", "sign-on-one");
        String tenant = "\"tenant\":\"sign-on-one\"";
        assertThat(ask("/api/v1/me", provider.token(good)).statusCode()).isEqualTo(200);
        String signed = provider.token(good);
        Map<String, String> refused = Map.of(
                "wrong audience", provider.token(claims(provider.issuer(), "other", later, "sealpost-admin", tenant)),
                "wrong issuer",
                        provider.token(claims("https://evil.example", "sealpost", later, "sealpost-admin", tenant)),
                "expired",
                        provider.token(claims(
                                provider.issuer(),
                                "sealpost",
                                Instant.now().minusSeconds(60),
                                "sealpost-admin",
                                tenant)),
                "without an end", provider.token(good.replaceAll("\"exp\":\\d+,", "")),
                "without an audience", provider.token(good.replace("\"aud\":\"sealpost\",", "")),
                "unsigned", SignOnProvider.unsigned(good),
                "another's key", SignOnProvider.token("first", SignOnProvider.pair(), good),
                "the public key as a secret", provider.confused(good),
                "changed", signed.substring(0, signed.length() - 8) + "AAAAAAAA",
                "cut", signed.substring(0, signed.lastIndexOf('.') + 1));
        refused.forEach((what, token) -> {
            HttpResponse<String> answer = ask("/api/v1/me", token);
            assertThat(answer.statusCode()).as("%s: %s", what, answer.body()).isEqualTo(401);
            assertThat(answer.headers().firstValue("www-authenticate").orElse(""))
                    .startsWith("Bearer");
        });
        assertThat(sealpost.output()).doesNotContain(signed);
    }

    @Test
    void aNewKeyOfTheProviderIsKnownWithoutAStart() throws GeneralSecurityException {
        assertThat(ask("/api/v1/me", provider.token(claims("sealpost-viewer", "sign-on-one")))
                        .statusCode())
                .isEqualTo(200);
        provider.rotate("second");
        String token = provider.token(claims("sealpost-viewer", "sign-on-one"));
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> ask("/api/v1/me", token).statusCode() == 200);
    }

    @Test
    void whoSignsOnIsInTheAuditLogByName() throws GeneralSecurityException {
        String admin = provider.token(claims("sealpost-admin", "sign-on-one"));
        HttpResponse<String> made = sealpost.send(HttpRequest.newBuilder(sealpost.uri("/api/v1/keys"))
                .header("Authorization", "Bearer " + admin)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"role\":\"viewer\"}")));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        JsonNode newest =
                Answers.json(ask("/api/v1/audit", admin)).path("items").path(0);
        assertThat(newest.path("who").asText()).isEqualTo("ada");
        assertThat(newest.path("what").asText()).isEqualTo("createKey");
        assertThat(newest.path("tenant").asText()).isEqualTo("sign-on-one");
    }
}
