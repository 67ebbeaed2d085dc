package dev.sealpost.acceptance;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import dev.sealpost.store.ManyCells;

/**
 * What questions take over REST when the tables hold many cells: alone, and while reports come through the door at a rate. See
 * docs/storage.md.
 */
final class QuestionRun {
    private static final int DAYS = 90;
    private static final int ASKED = 30;
    private static final int WATCHED = 500;
    private static final int CONNECTIONS = 64;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final LocalDate last = LocalDate.now(ZoneOffset.UTC).minusDays(1);
    private final Random random = new Random(1);
    private final Split split;
    private final int domains;

    private QuestionRun(Split split, long cells) {
        this.split = split;
        this.domains = (int) (cells / DAYS / ManyCells.REPORTERS);
    }

    /**
     * Runs with the number of cells given, of which domains the reports are stored too (one of so many), how many reports a
     * second come in the second part, and for how many seconds.
     */
    public static void main(String[] arguments) throws Exception {
        long cells = Long.parseLong(arguments[0]);
        int withReports = Integer.parseInt(arguments[1]);
        int rate = Integer.parseInt(arguments[2]);
        int seconds = Integer.parseInt(arguments[3]);
        try (Split split = new Split()) {
            SealpostProcess intake = split.start("intake");
            split.start("aggregator");
            QuestionRun run = new QuestionRun(split, cells);
            run.fill(withReports);
            run.ask("alone", 200);
            run.beside(intake, rate, seconds);
        }
    }

    private void fill(int withReports) throws Exception {
        LocalDate first = last.minusDays(DAYS - 1L);
        // The product makes the months right after its start.
        String month = "daily_sessions_" + first.toString().substring(0, 7).replace('-', '_');
        while (Calls.sql(split.api(), "SELECT to_regclass('" + month + "')").equals("null")) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        long begin = System.nanoTime();
        try (Connection connection = Calls.connect(split.api());
                Statement statement = connection.createStatement()) {
            for (int day = 0; day < DAYS; day++) {
                run(statement, ManyCells.day(first.plusDays(day), domains, withReports));
            }
            run(statement, ManyCells.sums());
            statement.execute("VACUUM (ANALYZE)");
        }
        Split.say(
                "%d domains, %d reporters, %d days filled in %.0f s, %d MB",
                domains, ManyCells.REPORTERS, DAYS, (System.nanoTime() - begin) / 1e9, split.databaseBytes() >> 20);
    }

    private static void run(Statement statement, List<String> all) throws SQLException {
        for (String sql : all) {
            statement.execute(sql);
        }
    }

    /** Questions in turn; each once before, so that pages are in memory and the code is warm. */
    private void ask(String when, int times) throws Exception {
        Map<String, List<Double>> taken = new LinkedHashMap<>();
        List<String> names = IntStream.range(0, WATCHED)
                .mapToObj(i -> "d" + (1 + random.nextInt(domains)) + ".example")
                .toList();
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < Math.max(times, WATCHED); i++) {
                String one = "&domain=" + names.get(i % WATCHED);
                for (String path : List.of(
                        "/sessions?interval=day" + one,
                        "/failures?groupBy=resultType" + one,
                        "/failures?groupBy=day&groupBy=resultType" + one)) {
                    time(taken, path, path.replace(one, "&domain=..."), round);
                }
            }
            for (int i = 0; i < times / 10; i++) {
                for (String path : List.of(
                        "/failures?groupBy=day&groupBy=resultType",
                        "/failures?groupBy=domain&limit=20",
                        "/sessions?groupBy=domain&interval=total&limit=20",
                        "/sessions?groupBy=organization&interval=total",
                        "/summary?")) {
                    time(taken, path, path, round);
                }
            }
        }
        taken.forEach((name, all) -> {
            List<Double> sorted = all.stream().sorted().toList();
            Split.say(
                    "%s, %s: %d times, p50 %.1f ms, p95 %.1f, p99 %.1f, most %.1f",
                    when, name, sorted.size(), at(sorted, 50), at(sorted, 95), at(sorted, 99), at(sorted, 100));
        });
    }

    private void time(Map<String, List<Double>> taken, String path, String name, int round) throws Exception {
        URI uri = split.api().uri("/api/v1" + path + "&from=" + last.minusDays(ASKED - 1L) + "&to=" + last);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer " + split.api().adminKey())
                .build();
        long begin = System.nanoTime();
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        double millis = (System.nanoTime() - begin) / 1e6;
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(uri + " " + answer.statusCode() + " " + answer.body());
        }
        if (round > 0) {
            taken.computeIfAbsent(name, n -> new ArrayList<>()).add(millis);
        }
    }

    private static double at(List<Double> sorted, int percent) {
        return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
    }

    /** The same while reports about other domains come. */
    private void beside(SealpostProcess intake, int rate, int seconds) throws Exception {
        List<byte[]> bodies = new GeneratedReports(1, 5_000, last.minusDays(29), 30).packed(rate * seconds);
        PostLoad load = new PostLoad(bodies.iterator(), rate);
        Thread posting = Thread.ofPlatform().start(() -> {
            try {
                load.run(intake.port(), CONNECTIONS);
            } catch (IOException broken) {
                Split.say("the load broke: %s", broken);
            }
        });
        TimeUnit.SECONDS.sleep(seconds / 3);
        Map<String, Double> before = split.cpu();
        long begin = System.nanoTime();
        ask("beside " + rate + " reports a second", 200);
        double took = (System.nanoTime() - begin) / 1e9;
        Split.say(
                "in %.1f s of it, posting %s: %s",
                took,
                posting.isAlive() ? "went on" : "HAD ENDED",
                Split.spent(before, split.cpu(), Math.round(rate * took)));
        posting.join();
        Split.say("answers to posts: %s", load.answers());
    }
}
