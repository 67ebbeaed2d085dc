package dev.sealpost.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

/** The page of all settings. After a change of a setting run it once with -Dsealpost.renew=true. */
class ConfigurationPageTest {
    private static final Path PAGE = Path.of("docs", "configuration.md");
    private static final String BEGIN =
            "<!-- settings: made from the mapping interfaces by ConfigurationPageTest -->\n";

    @Test
    void theTableIsThatOfTheProgram() throws IOException {
        String page = Files.readString(PAGE);
        String made = page.substring(0, page.indexOf(BEGIN) + BEGIN.length()) + ConfigurationPage.table();
        if (Boolean.getBoolean("sealpost.renew")) {
            Files.writeString(PAGE, made);
        }
        assertThat(Files.readString(PAGE))
                .as("run ConfigurationPageTest with -Dsealpost.renew=true")
                .isEqualTo(made);
    }

    @Test
    void everySecretThatCanComeFromAFileIsOnThePage() throws IOException {
        String page = Files.readString(PAGE);
        assertThat(StartSettings.SECRETS)
                .allSatisfy(secret -> assertThat(page).contains(UnknownVariables.variable(secret)));
    }
}
