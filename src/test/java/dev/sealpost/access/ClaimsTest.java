package dev.sealpost.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.Test;

/** What tokens make of their bearers, as Keycloak and Entra ID write them. */
class ClaimsTest {
    private static SignOnConfig config(Map<String, String> settings) {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder().withMapping(SignOnConfig.class);
        settings.forEach((name, value) -> builder.withDefaultValue("sealpost.oidc." + name, value));
        return builder.build().getConfigMapping(SignOnConfig.class);
    }

    private static String read(Map<String, String> settings, String claims) {
        try {
            Optional<Claims.Standing> standing = new Claims(config(settings)).read(new ObjectMapper().readTree(claims));
            return standing.map(each -> each.role() + " "
                            + (each.binding() == null
                                    ? "*"
                                    : each.binding().tenant() + " "
                                            + each.binding().domains()))
                    .orElse("nobody");
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void withoutSettingsRolesAreAListAndTheTenantIsTheDefault() {
        assertThat(read(Map.of(), "{\"roles\":[\"sealpost-viewer\",\"sealpost-admin\"]}"))
                .isEqualTo("admin default []");
        assertThat(read(Map.of(), "{\"roles\":\"sealpost-operator\"}")).isEqualTo("operator default []");
        assertThat(read(Map.of(), "{\"roles\":[\"sealpost-all-tenants\"]}")).isEqualTo("nobody");
        assertThat(read(Map.of(), "{\"roles\":[\"sealpost-viewer\",\"sealpost-all-tenants\"]}"))
                .isEqualTo("viewer *");
        assertThat(read(Map.of(), "{\"roles\":{\"sealpost-admin\":true}}")).isEqualTo("nobody");
        assertThat(read(Map.of(), "{}")).isEqualTo("nobody");
    }

    @Test
    void aClaimIsAPathOrAWholeName() {
        Map<String, String> keycloak = Map.of("role-claim", "resource_access.sealpost.roles");
        assertThat(read(keycloak, "{\"resource_access\":{\"sealpost\":{\"roles\":[\"sealpost-viewer\"]}}}"))
                .isEqualTo("viewer default []");
        Map<String, String> names = Map.of("role-claim", "https://a.example/roles");
        assertThat(read(names, "{\"https://a.example/roles\":[\"sealpost-viewer\"]}"))
                .isEqualTo("viewer default []");
    }

    @Test
    void aTenantIsNamedByOneValueOrNobodyIsLetIn() {
        Map<String, String> settings = Map.of("tenant-claim", "tenant");
        String roles = "{\"roles\":[\"sealpost-viewer\"]";
        assertThat(read(settings, roles + ",\"tenant\":\"acme\"}")).isEqualTo("viewer acme []");
        assertThat(read(settings, roles + ",\"tenant\":[\"acme\"]}")).isEqualTo("viewer acme []");
        for (String wrong : new String[] {
            "}", ",\"tenant\":\"*\"}", ",\"tenant\":[]}", ",\"tenant\":[\"a\",\"b\"]}", ",\"tenant\":7}"
        }) {
            assertThat(read(settings, roles + wrong)).as(wrong).isEqualTo("nobody");
        }
    }

    @Test
    void whoNamesNoDomainSeesNoneWhereDomainsAreNamed() {
        Map<String, String> settings = Map.of("domains-claim", "domains", "tenant", "acme");
        String roles = "{\"roles\":[\"sealpost-viewer\"]";
        assertThat(read(settings, roles + ",\"domains\":[\"B\\u00fccher.example\",\"not a domain\"]}"))
                .isEqualTo("viewer acme [xn--bcher-kva.example]");
        assertThat(read(settings, roles + "}")).isEqualTo("nobody");
        assertThat(read(settings, roles + ",\"domains\":[]}")).isEqualTo("nobody");
    }

    @Test
    void aProviderInTheClearOrWithoutAnAudienceStopsTheStart() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SignOn(config(Map.of("issuer", "http://id.example", "audience", "sealpost"))))
                .withMessageContaining("sealpost.oidc.issuer");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SignOn(config(Map.of("issuer", "https://id.example"))))
                .withMessageContaining("sealpost.oidc.audience");
        assertThat(new SignOn(config(Map.of())).takes("eyJhbGciOiJSUzI1NiJ9.e30.c2ln"))
                .isFalse();
        SignOn on = new SignOn(config(Map.of("issuer", "https://id.example", "audience", "sealpost")));
        assertThat(on.takes("eyJhbGciOiJSUzI1NiJ9.e30.c2ln")).isTrue();
        assertThat(on.takes("spi_" + "a".repeat(43))).isFalse();
    }
}
