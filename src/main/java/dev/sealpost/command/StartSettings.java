package dev.sealpost.command;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.sealpost.standalone.DataDirectory;
import dev.sealpost.standalone.Part;
import dev.sealpost.standalone.RunningServer;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;

/** What has to be known before the server itself reads its settings: where data lives and which parts run inside. */
final class StartSettings {
    private static final String DATA_DIR = "sealpost.data-dir";
    private static final String ADMIN_KEY = "sealpost.admin-key";
    private static final String ORIGIN_KEY = "sealpost.origin.key";
    private static final String ROLES = "sealpost.roles";
    static final String CONSUMER = "standalone.consumes";

    /** Whether this process may judge what reports say, and tell it. */
    static final String ALERTS = "standalone.alerts";

    private static final String SPOOL = "sealpost.intake.spool.enabled";

    /** Whether database or broker run inside. */
    static final String EMBEDDED = "standalone.embedded";

    private static final String MAILBOXES = "standalone.mailboxes";
    private static final String PUBLISHES = "standalone.publishes";
    private static final String INSTANCE = "standalone.instance";

    private static final String TLS_CERTIFICATE = "sealpost.tls.certificate";
    private static final String TLS_KEY = "sealpost.tls.key";
    private static final String DATABASE = "quarkus.datasource.jdbc.url";
    private static final String BROKER = "kafka.bootstrap.servers";

    /** Each can come from a file: append {@code -file} to the name, {@code _FILE} to the variable. Mailboxes read their own. */
    static final Set<String> SECRETS = Set.of(
            ADMIN_KEY,
            ORIGIN_KEY,
            "sealpost.origin.previous-key",
            "quarkus.datasource.password",
            "quarkus.datasource.query.password",
            "kafka.sasl.jaas.config");

    private static final int SHORTEST_KEY = 32;
    private static final int MANAGEMENT_PORT = 9000;

    /** Between the environment (300) and the built-in file, as Quarkus itself ranks it. */
    private static final int FILE_ORDINAL = 260;

    private final SmallRyeConfig config;

    private StartSettings(SmallRyeConfig config) {
        this.config = config;
    }

    /** System properties, the environment, and {@code config/application.properties} in the working directory. */
    static StartSettings read() {
        UnknownVariables.check(System.getenv());
        return new StartSettings(sources().build());
    }

    /** What settings come from, beside what is built in. */
    static SmallRyeConfigBuilder sources() {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder().addDefaultSources();
        Path file = Path.of("config", "application.properties");
        try {
            if (Files.exists(file)) {
                builder.withSources(new PropertiesConfigSource(file.toUri().toURL(), FILE_ORDINAL));
            }
        } catch (IOException e) {
            throw new SettingException("Cannot read " + file + ": " + e.getMessage());
        }
        return builder;
    }

    Path dataDirectory() {
        return Path.of(config.getOptionalValue(DATA_DIR, String.class).orElse("data"));
    }

    /** Where a server with these settings answers questions about itself, as seen from its machine. */
    URI management() {
        String host = config.getOptionalValue("quarkus.management.host", String.class)
                .filter(address -> !address.equals("0.0.0.0") && !address.equals("::"))
                .orElse("127.0.0.1");
        int port = config.getOptionalValue("quarkus.management.port", Integer.class)
                .orElse(MANAGEMENT_PORT);
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port);
    }

    /** Database and broker each run inside when their own address is not set. */
    Set<Part> embedded() {
        Set<Part> parts = EnumSet.allOf(Part.class);
        if (isSet(DATABASE)) {
            parts.remove(Part.POSTGRES);
        }
        if (isSet(BROKER)) {
            parts.remove(Part.KAFKA);
        }
        return parts;
    }

    boolean isSet(String name) {
        return config.getOptionalValue(name, String.class).isPresent();
    }

    private Set<ProcessRole> roles() {
        Set<ProcessRole> roles = EnumSet.noneOf(ProcessRole.class);
        for (String name : config.getOptionalValues(ROLES, String.class).orElse(List.of())) {
            roles.add(Arrays.stream(ProcessRole.values())
                    .filter(role -> role.name().equalsIgnoreCase(name.strip()))
                    .findFirst()
                    .orElseThrow(() -> new SettingException("SEALPOST_ROLES: '" + name
                            + "' is no role, allowed are intake, mailbox, aggregator, api, alerts")));
        }
        return roles.isEmpty() ? EnumSet.allOf(ProcessRole.class) : roles;
    }

    /** The settings that this start adds: secrets out of files, and the keys made by the first start. */
    Map<String, String> complete(DataDirectory data) {
        Map<String, String> added = secretsOfFiles();
        added.put(DATA_DIR, data.path().toString());
        added.put(EMBEDDED, String.valueOf(!embedded().isEmpty()));
        Set<ProcessRole> roles = roles();
        if (!roles.contains(ProcessRole.AGGREGATOR)) {
            added.put(CONSUMER, "false");
        }
        if (!roles.contains(ProcessRole.INTAKE)) {
            added.put(SPOOL, "false");
        }
        added.put(
                PUBLISHES,
                String.valueOf(!Collections.disjoint(
                        roles, Set.of(ProcessRole.INTAKE, ProcessRole.MAILBOX, ProcessRole.API))));
        added.put(MAILBOXES, String.valueOf(roles.contains(ProcessRole.MAILBOX)));
        added.put(ALERTS, String.valueOf(roles.contains(ProcessRole.ALERTS)));
        // The guards of the public ports, see intake.https.DoorChannels.
        added.put("io.netty.bootstrap.extensions", "serviceload");
        if (hasTls()) {
            added.put("quarkus.http.tls-configuration-name", "door");
        }
        // A process that comes back takes its mailboxes over at once, instead of waiting for its own ghost to time out.
        String instance = data.secret("instance.id");
        added.put(INSTANCE, instance);
        if (!isSet(ADMIN_KEY) && !added.containsKey(ADMIN_KEY)) {
            added.put(ADMIN_KEY, data.secret("admin.key"));
            added.put(ADMIN_KEY + "-file", data.path().resolve("admin.key").toString());
        }
        if (!isSet(ORIGIN_KEY) && !added.containsKey(ORIGIN_KEY)) {
            if (roles.size() < ProcessRole.values().length) {
                throw new SettingException(
                        "SEALPOST_ORIGIN_KEY must be set where roles are split, to the same 32 or more"
                                + " characters in every process, for example from: openssl rand -base64 32");
            }
            added.put(ORIGIN_KEY, data.secret("origin.key"));
        }
        String admin = added.getOrDefault(ADMIN_KEY, "");
        String key = admin.isEmpty() ? config.getValue(ADMIN_KEY, String.class) : admin;
        if (key.length() < SHORTEST_KEY || !key.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            throw new SettingException("SEALPOST_ADMIN_KEY must have " + SHORTEST_KEY
                    + " or more printable characters without spaces, for example from: openssl rand -base64 32");
        }
        return added;
    }

    /** What a server with these roles does without: only administration has entities, and they take some 30 MB. */
    Map<String, String> unneeded() {
        return roles().contains(ProcessRole.API) ? Map.of() : Map.of("quarkus.hibernate-orm.active", "false");
    }

    /** Whether the server has a certificate of its own; what is in the files is checked when they are used. */
    private boolean hasTls() {
        if (isSet(TLS_CERTIFICATE) != isSet(TLS_KEY)) {
            throw new SettingException("SEALPOST_TLS_CERTIFICATE and SEALPOST_TLS_KEY are set both or not at all");
        }
        for (String setting : List.of(TLS_CERTIFICATE, TLS_KEY)) {
            config.getOptionalValue(setting, String.class)
                    .filter(file -> !Files.isReadable(Path.of(file)))
                    .ifPresent(file -> {
                        throw new SettingException("Cannot read " + file + " for " + UnknownVariables.variable(setting)
                                + "; allowed is the path of a PEM file");
                    });
        }
        return isSet(TLS_CERTIFICATE);
    }

    /** What a command adds beside a server that works in the data directory: its parts and its key, and nothing new. */
    Map<String, String> complete(RunningServer server) {
        Map<String, String> added = secretsOfFiles();
        added.put(DATA_DIR, server.directory().toString());
        Set<Part> wanted = embedded();
        Map<String, String> parts = server.settings(wanted);
        if ((wanted.contains(Part.POSTGRES) && !parts.containsKey(DATABASE))
                || (wanted.contains(Part.KAFKA) && !parts.containsKey(BROKER))) {
            throw new SettingException("The server that works in " + server.directory()
                    + " has its database or broker elsewhere; set the same addresses for this command");
        }
        added.putAll(parts);
        if (!isSet(ORIGIN_KEY) && !added.containsKey(ORIGIN_KEY)) {
            added.put(
                    ORIGIN_KEY,
                    server.secret("origin.key")
                            .orElseThrow(() -> new SettingException("There is no origin.key in " + server.directory()
                                    + "; set SEALPOST_ORIGIN_KEY as for the server")));
        }
        return added;
    }

    private Map<String, String> secretsOfFiles() {
        Map<String, String> secrets = new HashMap<>();
        for (String secret : SECRETS) {
            config.getOptionalValue(secret + "-file", String.class)
                    .ifPresent(file -> secrets.put(secret, readSecret(secret, file)));
        }
        return secrets;
    }

    private static String readSecret(String name, String file) {
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException e) {
            throw new SettingException("Cannot read " + file + " for " + UnknownVariables.variable(name) + "_FILE: " + e
                    + "; allowed is the path of a file with the secret");
        }
    }
}
