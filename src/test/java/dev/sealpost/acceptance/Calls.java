package dev.sealpost.acceptance;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

/** Calls with a body, and looks into the tables for what no answer says. */
final class Calls {
    private Calls() {}

    /** With the admin key. */
    static HttpResponse<String> with(SealpostProcess sealpost, String method, String path, String body) {
        return sealpost.send(HttpRequest.newBuilder(sealpost.uri(path))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + sealpost.adminKey())
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    /** Posts to the open internet's door. */
    static HttpResponse<String> post(SealpostProcess sealpost, String path, String body) {
        return sealpost.send(HttpRequest.newBuilder(sealpost.uri(path))
                .timeout(Duration.ofSeconds(20))
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** The first column of the first row of a question to the embedded database; empty without a row. */
    static String sql(SealpostProcess sealpost, String question) {
        try (Connection connection = connect(sealpost);
                ResultSet rows = connection.createStatement().executeQuery(question)) {
            return rows.next() ? String.valueOf(rows.getString(1)) : "";
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A session with the embedded database. */
    static Connection connect(SealpostProcess sealpost) throws SQLException {
        Properties connections = new Properties();
        try (Reader file = Files.newBufferedReader(sealpost.data().resolve("connections.properties"))) {
            connections.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return DriverManager.getConnection(
                connections.getProperty("postgres.url"),
                connections.getProperty("postgres.user"),
                connections.getProperty("postgres.password"));
    }
}
