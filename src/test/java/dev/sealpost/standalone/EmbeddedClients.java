package dev.sealpost.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** What the tests do with the embedded parts, by the settings that the application gets. */
record EmbeddedClients(Map<String, String> settings) {
    static final String TOPIC = "tlsrpt.reports";

    Connection connect() throws SQLException {
        return connect(
                settings.getOrDefault("quarkus.datasource.username", ""),
                settings.getOrDefault("quarkus.datasource.password", ""));
    }

    Connection connect(String user, String password) throws SQLException {
        return DriverManager.getConnection(settings.get("quarkus.datasource.jdbc.url"), user, password);
    }

    void insert(String text) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS kept (word text)");
            statement.execute("INSERT INTO kept VALUES ('" + text + "')");
        }
    }

    String ask(String query) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    Properties kafka() {
        Properties properties = new Properties();
        settings.forEach((key, value) -> {
            if (key.startsWith("kafka.")) {
                properties.put(key.substring("kafka.".length()), value);
            }
        });
        properties.put("request.timeout.ms", "5000");
        properties.put("default.api.timeout.ms", "20000");
        return properties;
    }

    Set<String> topics(Properties properties) throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(properties)) {
            return admin.listTopics().names().get();
        }
    }

    void createTopic() throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(kafka())) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
        }
    }

    void send(String value) throws InterruptedException, ExecutionException, TimeoutException {
        Properties properties = kafka();
        properties.put("max.request.size", Integer.toString(34 << 20));
        properties.put("buffer.memory", Integer.toString(70 << 20));
        properties.put("max.block.ms", "20000");
        properties.put("delivery.timeout.ms", "20000");
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(TOPIC, value)).get(25, TimeUnit.SECONDS);
        }
    }

    /** The number of bytes of the values of all records, in their order. */
    List<Integer> lengths() {
        TopicPartition partition = new TopicPartition(TOPIC, 0);
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(kafka(), new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            List<Integer> lengths = new java.util.ArrayList<>();
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofSeconds(1))
                        .forEach(record -> lengths.add(record.value().getBytes(UTF_8).length));
            }
            return lengths;
        }
    }
}
