package dev.sealpost.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.sealpost.chart.Rendered;
import dev.sealpost.intake.spool.SpoolConfig;
import dev.sealpost.stream.StreamConfig;
import io.smallrye.config.WithDefault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the chart sets is something that the program knows. */
class ChartSettingsTest {
    /** Set by the chart from values of their own, or to be left alone in a pod. */
    private static final Set<String> OTHERWISE = Set.of(
            "data-dir",
            "roles",
            "admin-key",
            "origin.key",
            "origin.previous-key",
            "tls.certificate",
            "tls.key",
            "intake.spool.directory",
            "imports.directory");

    /** Of the chart's containers and of those of the compose files. */
    static List<Map<String, String>> environments() throws IOException {
        List<Map<String, String>> all = new ArrayList<>(Rendered.environments());
        for (String file : List.of("compose.yaml", "compose.standalone.yaml")) {
            Map<String, String> environment = new HashMap<>();
            new YAMLMapper()
                    .readTree(Path.of("src", "main", "docker", file).toFile())
                    .at("/services/sealpost/environment")
                    .properties()
                    .forEach(variable -> environment.put(
                            variable.getKey(), variable.getValue().asText()));
            assertThat(environment).as(file).containsKey("SEALPOST_WATCH_DOMAINS");
            all.add(environment);
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("environments")
    void everyVariableIsASetting(Map<String, String> environment) throws IOException {
        assertThatCode(() -> UnknownVariables.check(environment)).doesNotThrowAnyException();
        Set<String> secrets = StartSettings.SECRETS.stream()
                .map(secret -> UnknownVariables.variable(secret) + "_FILE")
                .collect(Collectors.toSet());
        Map<String, String> framework = frameworkVariables();
        for (String name : environment.keySet()) {
            if (name.startsWith("QUARKUS_") && !secrets.contains(name)) {
                String general = name.replace("_DATASOURCE_QUERY_", "_DATASOURCE__DATASOURCE_NAME__");
                assertThat(framework).as(name).containsEntry(general, "RUN_TIME");
            }
        }
        String roles = environment.getOrDefault("SEALPOST_ROLES", "");
        Set<String> known = Arrays.stream(ProcessRole.values())
                .map(role -> role.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        assertThat(known).containsAll(roles.isEmpty() ? List.of() : List.of(roles.split(",")));
    }

    /** Variables of the framework and the phase in which each is read. */
    private static Map<String, String> frameworkVariables() throws IOException {
        Map<String, String> phases = new HashMap<>();
        for (URL model : Collections.list(ChartSettingsTest.class
                .getClassLoader()
                .getResources("META-INF/quarkus-config-doc/quarkus-config-model.json"))) {
            try (InputStream in = model.openStream()) {
                for (JsonNode item : new ObjectMapper().readTree(in).findParents("phase")) {
                    item.findValuesAsText("environmentVariable")
                            .forEach(name -> phases.put(name, item.path("phase").asText()));
                }
            }
        }
        assertThat(phases).hasSizeGreaterThan(500);
        return phases;
    }

    @Test
    void theSchemaKnowsEachSettingAndNoOther() throws IOException {
        JsonNode schema = new ObjectMapper()
                .readTree(Path.of("helm", "sealpost", "values.schema.json").toFile());
        Set<String> settings = new TreeSet<>();
        Set<String> mailbox = new TreeSet<>();
        for (String name : UnknownVariables.known()) {
            String setting = name.substring("sealpost.".length());
            if (setting.startsWith("mailboxes.*.")) {
                mailbox.add(setting.substring("mailboxes.*.".length()));
            } else if (!setting.endsWith("-file") && !OTHERWISE.contains(setting)) {
                settings.add(setting);
            }
        }
        assertThat(names(schema.at("/properties/settings/properties"))).isEqualTo(settings);
        // Secrets have values of their own.
        mailbox.removeIf(name -> name.matches(".*(password|client-secret|refresh-token)(-file)?"));
        Set<String> taken = names(schema.at("/properties/mailboxes/patternProperties")
                .path("^[a-z0-9]+$")
                .path("properties"));
        taken.removeIf(name -> name.endsWith("Secret"));
        assertThat(taken).isEqualTo(mailbox);
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void theChartAssumesTheDefaultsOfTheProgram() throws Exception {
        Path templates = Path.of("helm", "sealpost", "templates");
        assertThat(Files.readString(templates.resolve("validate.yaml")))
                .contains("default " + defaultOf(StreamConfig.class, "partitions")
                        + " (index $v.settings \"kafka.partitions\")")
                .contains("default \"" + defaultOf(SpoolConfig.class, "maxSize")
                        + "\" (index $v.settings \"intake.spool.max-size\")");
        assertThat(Files.readString(templates.resolve("scaling.yaml")))
                .contains("default \"" + defaultOf(StreamConfig.class, "topicPrefix")
                        + "\" (index $.Values.settings \"kafka.topic-prefix\")");
    }

    private static String defaultOf(Class<?> settings, String method) throws NoSuchMethodException {
        return settings.getMethod(method).getAnnotation(WithDefault.class).value();
    }
}
