package dev.sealpost.command;

import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import org.jspecify.annotations.Nullable;

/** The settings that a server started here and now would have, and where each comes from. */
final class EffectiveSettings {
    /** What a value comes from, in the words of people. */
    record Setting(String name, String value, String source) {}

    private static final Pattern SECRET = Pattern.compile(
            ".*(password|secret|token|admin-key|origin[.]key|previous-key|jaas[.]config|keystore[.]key)");
    private static final Pattern PASSWORD_IN_ADDRESS = Pattern.compile("(?i)(password=)[^&]*");
    private static final String HIDDEN = "********";
    private static final String MADE = "made at the first start";
    private static final int BUILT_IN = 200;
    private static final int LAST = Integer.MIN_VALUE + 1000;

    /** Of the framework, with what holds if nothing is set: those that the README names. */
    private static final Map<String, String> FRAMEWORK = Map.ofEntries(
            Map.entry("quarkus.http.host", "0.0.0.0"),
            Map.entry("quarkus.http.port", "8080"),
            Map.entry("quarkus.http.ssl-port", "8443"),
            Map.entry("quarkus.http.insecure-requests", "enabled"),
            Map.entry("quarkus.management.host", "127.0.0.1"),
            Map.entry("quarkus.management.port", "9000"),
            Map.entry("quarkus.log.console.json.enabled", "false"),
            Map.entry("quarkus.log.level", "INFO"),
            Map.entry("quarkus.datasource.jdbc.url", "embedded"),
            Map.entry("quarkus.datasource.username", "embedded"),
            Map.entry("quarkus.datasource.password", "embedded"),
            Map.entry("quarkus.datasource.query.username", "that of the other"),
            Map.entry("quarkus.datasource.query.password", "that of the other"),
            Map.entry("kafka.bootstrap.servers", "embedded"));

    private final SmallRyeConfig config;

    private EffectiveSettings(SmallRyeConfig config) {
        this.config = config;
    }

    /**
     * Reads and checks them.
     *
     * @throws SettingException naming each wrong one, one a line
     */
    static EffectiveSettings read() {
        UnknownVariables.check(System.getenv());
        try {
            return new EffectiveSettings(checked());
        } catch (ConfigValidationException wrong) {
            List<String> problems = new ArrayList<>();
            for (int i = 0; i < wrong.getProblemCount(); i++) {
                problems.add(
                        Launch.withVariable(String.valueOf(wrong.getProblem(i).getMessage())));
            }
            throw new SettingException("Wrong setting: " + String.join("\nWrong setting: ", problems));
        }
    }

    private static SmallRyeConfig checked() {
        SmallRyeConfigBuilder builder =
                StartSettings.sources().addDefaultInterceptors().addDiscoveredConverters();
        @Nullable URL builtIn = EffectiveSettings.class.getResource("/application.properties");
        try {
            if (builtIn != null) {
                builder.withSources(new PropertiesConfigSource(builtIn, BUILT_IN));
            }
        } catch (IOException e) {
            throw new SettingException("Cannot read " + builtIn + ": " + e.getMessage());
        }
        builder.withSources(new PropertiesConfigSource(
                Map.of("sealpost.origin.key", MADE, "sealpost.admin-key", MADE), MADE, LAST));
        UnknownVariables.MAPPINGS.forEach(mapping -> builder.withMapping(ConfigClass.configClass(mapping)));
        return builder.build();
    }

    /** All that have a value, by name; secrets hidden. */
    List<Setting> all() {
        TreeSet<String> names = new TreeSet<>(FRAMEWORK.keySet());
        names.addAll(StartSettings.SECRETS);
        UnknownVariables.known().stream().filter(name -> !name.contains("*")).forEach(names::add);
        for (String name : config.getPropertyNames()) {
            if (name.startsWith("sealpost.mailboxes.") || (name.startsWith("kafka.") && !name.endsWith(".file"))) {
                names.add(name);
            }
        }
        List<Setting> settings = new ArrayList<>();
        for (String name : names) {
            ConfigValue value = config.getConfigValue(name);
            @Nullable String file = fromFile(name);
            if (file != null && StartSettings.SECRETS.contains(name)) {
                settings.add(new Setting(name, HIDDEN, "file " + file));
            } else if (value.getValue() != null && !value.getValue().isEmpty()) {
                settings.add(new Setting(name, shown(name, value.getValue()), source(name, value)));
            } else if (FRAMEWORK.containsKey(name) && !(name.startsWith("quarkus.datasource.") && ownDatabase())) {
                settings.add(new Setting(name, FRAMEWORK.getOrDefault(name, ""), "default"));
            }
        }
        return settings;
    }

    private boolean ownDatabase() {
        return config.getConfigValue("quarkus.datasource.jdbc.url").getValue() != null;
    }

    private @Nullable String fromFile(String name) {
        return config.getConfigValue(name + "-file").getValue();
    }

    private static String shown(String name, String value) {
        if (SECRET.matcher(name).matches() && !value.equals(MADE)) {
            return HIDDEN;
        }
        return PASSWORD_IN_ADDRESS.matcher(value).replaceAll("$1" + HIDDEN);
    }

    private static String source(String name, ConfigValue value) {
        String source = String.valueOf(value.getConfigSourceName());
        if (MADE.equals(value.getValue())) {
            return "data directory";
        }
        if (source.startsWith("EnvConfigSource")) {
            return "environment " + UnknownVariables.variable(name);
        }
        if (source.startsWith("SysPropConfigSource")) {
            return "system property";
        }
        if (source.contains("config/application.properties")) {
            return "config/application.properties";
        }
        return "default";
    }
}
