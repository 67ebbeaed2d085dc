package dev.sealpost.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Questions that the database cannot answer harm nobody but who asks. */
class QuestionsIT {
    private static final int QUESTIONS = 40;

    private final SealpostProcess sealpost = SharedSealpost.get();

    @Test
    void reportsAreStoredWhileAllQuestionsHang() throws Exception {
        try (Connection connection = Calls.connect(sealpost);
                Statement lock = connection.createStatement();
                ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor()) {
            connection.setAutoCommit(false);
            lock.execute("LOCK TABLE daily_failures IN ACCESS EXCLUSIVE MODE");
            List<Future<HttpResponse<String>>> answers = new ArrayList<>();
            for (int i = 0; i < QUESTIONS; i++) {
                answers.add(askers.submit(() -> sealpost.send(HttpRequest.newBuilder(
                                sealpost.uri("/api/v1/failures?domain=hanging.example&groupBy=receivingMxHostname"))
                        .timeout(Duration.ofSeconds(40))
                        .header("Authorization", "Bearer " + sealpost.adminKey()))));
            }
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> waiting(lock) >= 2);
            String receipt = Answers.json(Calls.post(
                            sealpost,
                            "/tlsrpt",
                            Reports.report("Patient", "while-they-hang", "hanging.example", "2026-11-02", 4, 0)))
                    .path("receipt")
                    .asText();
            Awaitility.await("stored while the questions hang")
                    .atMost(Duration.ofSeconds(4))
                    .until(() -> count(lock, "SELECT count(*) FROM report WHERE receipt = '" + receipt + "'") == 1);
            assertThat(answers).noneMatch(Future::isDone);
            for (Future<HttpResponse<String>> answer : answers) {
                assertThat(answer.get().statusCode()).isEqualTo(503);
            }
            connection.rollback();
        }
        assertThat(sealpost.get("/api/v1/failures?domain=hanging.example").statusCode())
                .isEqualTo(200);
    }

    private static long waiting(Statement statement) throws SQLException {
        return count(
                statement, "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'daily_failures'::regclass");
    }

    private static long count(Statement statement, String sql) throws SQLException {
        try (var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
