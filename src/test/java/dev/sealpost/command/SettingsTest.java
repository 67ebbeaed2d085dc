package dev.sealpost.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

class SettingsTest {
    private static final Pattern FIRST_COLUMN = Pattern.compile("(?m)^\\| `(SEALPOST_[A-Z0-9_<>]+)` \\|");

    @Test
    void theReadmeNamesExactlyTheSettingsThereAre() throws IOException {
        Set<String> documented = new TreeSet<>(FIRST_COLUMN
                .matcher(Files.readString(Path.of("README.md")))
                .results()
                .map(MatchResult::group)
                .map(row -> row.substring(3, row.lastIndexOf('`')))
                .toList());
        Set<String> known = new TreeSet<>();
        for (String property : UnknownVariables.known()) {
            // A secret's file is said in the row of the secret.
            if (!property.endsWith("-file")) {
                known.add(UnknownVariables.variable(property));
            }
        }
        assertThat(documented).isEqualTo(known);
    }

    @Test
    void theFrameworkNeverUnpacksBodies() throws IOException {
        assertThat(Files.readAllLines(Path.of("src/main/resources/application.properties")))
                .contains("quarkus.http.enable-decompression=false");
    }

    @Test
    void anUnknownVariableIsRefusedWithTheNearestName() {
        assertThatThrownBy(() -> UnknownVariables.check(Map.of("PATH", "", "SEALPOST_DATADIR", "x")))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("SEALPOST_DATADIR")
                .hasMessageContaining("did you mean SEALPOST_DATA_DIR");
    }

    @Test
    void aMailboxHasAnyNameButNoOtherSettings() {
        assertThatCode(() -> UnknownVariables.check(
                        Map.of("SEALPOST_MAILBOXES_GOOGLE_HOST", "x", "SEALPOST_MAILBOXES_M365_OAUTH2_TOKEN_URL", "x")))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> UnknownVariables.check(Map.of("SEALPOST_MAILBOXES_GOOGLE_HOTS", "x")))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("SEALPOST_MAILBOXES_<NAME>_HOST");
    }

    @Test
    void aPortThatIsMeantAsASettingIsRefused() {
        assertThatThrownBy(() -> UnknownVariables.check(Map.of("SEALPOST_PORT", "8081")))
                .isInstanceOf(SettingException.class);
    }

    @Test
    void whatKubernetesAddsForAServiceIsLetThrough() {
        assertThatCode(() -> UnknownVariables.check(Map.of(
                        "SEALPOST_SERVICE_HOST", "10.0.0.1",
                        "SEALPOST_WEB_SERVICE_PORT_HTTP", "80",
                        "SEALPOST_PORT", "tcp://10.0.0.1:80",
                        "SEALPOST_PORT_8080_TCP_ADDR", "10.0.0.1",
                        "SEALPOST_ADMIN_KEY_FILE", "/run/key")))
                .doesNotThrowAnyException();
    }
}
