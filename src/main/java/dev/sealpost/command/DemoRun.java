package dev.sealpost.command;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import dev.sealpost.demo.DemoHistory;
import dev.sealpost.demo.DemoReport;
import dev.sealpost.store.AlertQuestion;
import dev.sealpost.store.AlertsConfig;
import dev.sealpost.store.Schema;
import dev.sealpost.stream.Assignment;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import org.eclipse.microprofile.config.ConfigProvider;

/** Fills a server through its own door, says what there is to see, and goes on serving. */
public final class DemoRun implements QuarkusApplication {
    private static final int NOT_DONE = 1;
    private static final int POLL_MILLIS = 100;
    private static final long START_SECONDS = 120;
    private static final long ALERT_SECONDS = 60;

    /** What is waited for. */
    private interface Condition {
        boolean holds();
    }

    @Override
    public int run(String... arguments) throws Exception {
        if (!within(
                START_SECONDS,
                () -> CommandRun.part(Schema.class).isCurrent()
                        && CommandRun.part(Assignment.class).known())) {
            Progress.say("The server was not ready in time");
            return NOT_DONE;
        }
        LocalDate last = LocalDate.ofInstant(CommandRun.part(Clock.class).instant(), ZoneOffset.UTC)
                .minusDays(1);
        List<DemoReport> history = DemoHistory.until(last);
        if (!fill(history, last)) {
            return NOT_DONE;
        }
        Progress.say("Judging the last days");
        within(ALERT_SECONDS, () -> openAlerts() > 1);
        say(history.size(), last);
        Quarkus.waitForExit();
        return 0;
    }

    /** Days that are judged come when all before them are counted: otherwise they would be judged by a part of the past. */
    private static boolean fill(List<DemoReport> history, LocalDate last) throws InterruptedException {
        LocalDate judged = last.minusDays(CommandRun.part(AlertsConfig.class).horizonDays());
        try (DemoDoor door = new DemoDoor(URI.create(address() + "/tlsrpt"))) {
            Progress.say("Sending " + history.size() + " invented reports to " + address() + "/tlsrpt");
            door.send(history.stream()
                    .filter(report -> !report.day().isAfter(judged))
                    .toList());
            boolean counted = CommandRun.awaitTables();
            door.send(history.stream()
                    .filter(report -> report.day().isAfter(judged))
                    .toList());
            return counted && CommandRun.awaitTables();
        } catch (IOException refused) {
            Progress.say("The door did not take the reports: " + refused.getMessage());
            return false;
        }
    }

    private static long openAlerts() {
        return CommandRun.part(AlertQuestion.class).open(Set.of()).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private static boolean within(long seconds, Condition condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!condition.holds()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        return true;
    }

    private static String address() {
        String host = setting("quarkus.http.host", "127.0.0.1");
        String reached = host.equals("0.0.0.0") || host.equals("::") ? "127.0.0.1" : host;
        return "http://" + (reached.contains(":") ? "[" + reached + "]" : reached) + ":"
                + setting("quarkus.http.port", "8080");
    }

    private static String setting(String name, String otherwise) {
        return ConfigProvider.getConfig().getOptionalValue(name, String.class).orElse(otherwise);
    }

    @SuppressWarnings("SystemOut")
    private static void say(int reports, LocalDate last) {
        System.out.println("Demo ready: " + reports + " invented reports about "
                + DemoHistory.domains().size() + " domains, " + openAlerts() + " open alerts");
        System.out.flush();
        String key = ConfigProvider.getConfig()
                .getOptionalValue("sealpost.admin-key-file", String.class)
                .map(file -> "$(cat " + file + ")")
                .orElse("$SEALPOST_ADMIN_KEY");
        String period = "from=" + last.minusDays(29) + "&to=" + last;
        Progress.say("""
                What there is to see; all of it is invented, and removed when the server ends:
                  ask() { curl -s -H "Authorization: Bearer %1$s" "%2$s/api/v1/$1"; }
                What is wrong, and what to check first:
                  ask alerts
                A month of the domain that is attacked, who sees it, from which addresses:
                  ask 'summary?domain=%3$s&%5$s'
                  ask 'failures?resultClass=starttls&groupBy=organization&groupBy=sendingMtaIp&domain=%3$s&%5$s'
                The domain whose certificate has expired, day by day:
                  ask 'sessions?interval=day&domain=%4$s&%5$s&format=csv'
                The senders, one of whom has fallen silent:
                  ask 'organizations?%5$s'
                Ctrl-C ends it.""".formatted(key, address(), DemoHistory.STRIPPED, DemoHistory.EXPIRED, period)
                .indent(2)
                .stripTrailing());
    }
}
