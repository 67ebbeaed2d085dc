package dev.sealpost.standalone;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/** {@code connections.properties}: how to reach the embedded parts; ports and passwords outlive a restart. */
final class Connections {
    static final String USER = "sealpost";
    static final String POSTGRES = "postgres";
    static final String KAFKA = "kafka";
    private static final String POSTGRES_URL = "postgres.url";
    private static final String POSTGRES_PASSWORD = "postgres.password";
    private static final String BOOTSTRAP_SERVERS = "kafka.bootstrap.servers";
    private static final String KAFKA_PASSWORD = "kafka.password";

    private final Path file;
    private final Map<String, String> values = new TreeMap<>();

    private Connections(Path file) {
        this.file = file;
    }

    static Connections read(Path directory) throws IOException {
        Connections connections = new Connections(directory.resolve("connections.properties"));
        if (Files.exists(connections.file)) {
            Properties properties = new Properties();
            properties.load(new StringReader(OwnerOnly.read(connections.file)));
            properties.forEach((key, value) -> connections.values.put(key.toString(), value.toString()));
        }
        return connections;
    }

    /** The password of the part, and whether it had to be made. */
    synchronized Password password(String part) throws IOException {
        String key = POSTGRES.equals(part) ? POSTGRES_PASSWORD : KAFKA_PASSWORD;
        @Nullable String known = values.get(key);
        if (known != null && !known.isBlank()) {
            return new Password(known, false);
        }
        Password made = new Password(DataDirectory.randomSecret(), true);
        values.put(key, made.text());
        write();
        return made;
    }

    record Password(String text, boolean made) {
        @Override
        public String toString() {
            return "Password";
        }
    }

    /** The port used last, or 0. */
    synchronized int lastPort(String part) {
        @Nullable String address = values.get(POSTGRES.equals(part) ? POSTGRES_URL : BOOTSTRAP_SERVERS);
        if (address == null) {
            return 0;
        }
        String port = address.replaceFirst("^.*:(\\d{1,5})(/.*)?$", "$1");
        return port.chars().allMatch(Character::isDigit) ? Integer.parseInt(port) : 0;
    }

    synchronized void postgresListensOn(int port) throws IOException {
        values.put(POSTGRES_URL, "jdbc:postgresql://127.0.0.1:" + port + "/" + USER);
        values.put("postgres.user", USER);
        write();
    }

    synchronized void kafkaListensOn(int port) throws IOException {
        values.put(BOOTSTRAP_SERVERS, "127.0.0.1:" + port);
        values.put("kafka.username", USER);
        write();
    }

    /** What the other packages are configured by, for each part that is known. */
    synchronized Map<String, String> settings(java.util.Set<Part> parts) {
        Map<String, String> settings = new TreeMap<>();
        if (parts.contains(Part.POSTGRES) && values.containsKey(POSTGRES_URL)) {
            settings.put("quarkus.datasource.jdbc.url", value(POSTGRES_URL));
            settings.put("quarkus.datasource.username", USER);
            settings.put("quarkus.datasource.password", value(POSTGRES_PASSWORD));
        }
        if (parts.contains(Part.KAFKA) && values.containsKey(BOOTSTRAP_SERVERS)) {
            settings.put("kafka.bootstrap.servers", value(BOOTSTRAP_SERVERS));
            settings.put("kafka.security.protocol", "SASL_PLAINTEXT");
            settings.put("kafka.sasl.mechanism", "PLAIN");
            settings.put("kafka.sasl.jaas.config", jaas(value(KAFKA_PASSWORD), ""));
        }
        return settings;
    }

    /** A JAAS line for SASL/PLAIN; base64url needs no escaping in it. */
    static String jaas(String password, String more) {
        return "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"" + USER + "\" password=\""
                + password + "\"" + more + ";";
    }

    private String value(String key) {
        return values.getOrDefault(key, "");
    }

    private void write() throws IOException {
        StringBuilder text = new StringBuilder("# The embedded parts, written at each start. Keep it secret.\n");
        values.forEach(
                (key, value) -> text.append(key).append('=').append(value).append('\n'));
        OwnerOnly.write(file, text.toString());
    }
}
