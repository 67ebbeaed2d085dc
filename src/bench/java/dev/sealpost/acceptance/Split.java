package dev.sealpost.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The product as processes of their own, so that CPU time can be told apart: broker and database (inside a process with the
 * role api), and whatever is started beside it.
 */
final class Split implements AutoCloseable {
    private static final String KEY = "origin-key-of-benchmarks-in-processes-of-their-own";
    private static final int TICKS_A_SECOND = 100;

    private final Path directory = SharedSealpost.temporaryDirectory();
    private final SealpostProcess api;
    private final Map<String, SealpostProcess> beside = new LinkedHashMap<>();

    Split() throws IOException {
        api = SealpostProcess.start(
                data(),
                Map.of(
                        "SEALPOST_ROLES",
                        "api",
                        "SEALPOST_ORIGIN_KEY",
                        KEY,
                        "SEALPOST_WATCH_AUTO",
                        "true",
                        "JAVA_TOOL_OPTIONS",
                        System.getProperty("broker.options", "-Xmx512m")));
    }

    SealpostProcess api() {
        return api;
    }

    Path data() {
        return directory.resolve("outside");
    }

    Map<String, String> settings() throws IOException {
        return OutageIT.addresses(data(), KEY);
    }

    /** Starts a process with one role and waits until it is ready. */
    SealpostProcess start(String role) throws IOException {
        Map<String, String> settings = settings();
        settings.put("SEALPOST_ROLES", role);
        settings.put("SEALPOST_WATCH_AUTO", "true");
        settings.put("SEALPOST_INTAKE_TRUSTED_SOURCES", "127.0.0.1");
        settings.put("SEALPOST_INTAKE_MAX_CONNECTIONS_PER_SOURCE", "5000");
        settings.put("SEALPOST_INTAKE_BUDGET_BYTES", "1000G");
        settings.put("JAVA_TOOL_OPTIONS", System.getProperty(role + ".options", "-Xmx256m"));
        SealpostProcess started = SealpostProcess.start(directory.resolve(role), settings);
        beside.put(role, started);
        return started;
    }

    /** CPU seconds since each process began. */
    Map<String, Double> cpu() {
        Map<String, Double> seconds = new LinkedHashMap<>();
        for (Map.Entry<String, SealpostProcess> process : beside.entrySet()) {
            seconds.put(process.getKey(), ticks(process.getValue().pid(), 13, 14));
        }
        seconds.put("broker and api", ticks(api.pid(), 13, 14));
        // Sessions that have ended are in the postmaster's account of its children.
        seconds.put(
                "postgres",
                ProcessHandle.of(api.pid()).stream()
                        .flatMap(ProcessHandle::descendants)
                        .mapToDouble(child -> ticks(child.pid(), 13, 14, 15, 16))
                        .sum());
        seconds.put("load", ticks(ProcessHandle.current().pid(), 13, 14));
        return seconds;
    }

    private static double ticks(long pid, int... fields) {
        try {
            String line = Files.readString(Path.of("/proc/" + pid + "/stat"));
            // The name in parentheses may hold blanks; behind it the third field begins.
            String[] words = line.substring(line.lastIndexOf(')') + 2).split(" ");
            double ticks = 0;
            for (int field : fields) {
                ticks += Long.parseLong(words[field - 2]);
            }
            return ticks / TICKS_A_SECOND;
        } catch (IOException ended) {
            return 0;
        }
    }

    /** What each process took between two looks, and that for one report. */
    static String spent(Map<String, Double> before, Map<String, Double> after, long reports) {
        Map<String, Double> spent = new LinkedHashMap<>();
        after.forEach((name, seconds) -> spent.put(name, seconds - before.getOrDefault(name, 0.0)));
        double all = spent.values().stream().mapToDouble(Double::doubleValue).sum();
        return spent.entrySet().stream()
                .map(entry -> "%s %.1f s (%.0f us)"
                        .formatted(entry.getKey(), entry.getValue(), 1e6 * entry.getValue() / reports))
                .collect(Collectors.joining(
                        ", ", "CPU: ", "; all %.1f s, %.0f us a report".formatted(all, 1e6 * all / reports)));
    }

    /** Resident memory of each process now, and its peak. */
    String memory() throws IOException {
        Map<String, SealpostProcess> all = new HashMap<>(beside);
        all.put("broker and api", api);
        StringBuilder text = new StringBuilder("memory:");
        for (Map.Entry<String, SealpostProcess> process : all.entrySet()) {
            List<String> lines =
                    Files.readAllLines(Path.of("/proc/" + process.getValue().pid() + "/status"));
            text.append(' ').append(process.getKey());
            Stream.of("VmRSS", "VmHWM")
                    .forEach(name -> lines.stream()
                            .filter(line -> line.startsWith(name))
                            .forEach(line -> text.append(' ').append(line.replaceAll("\\s+", " "))));
            text.append(';');
        }
        return text.toString();
    }

    /** Bytes of the whole database. */
    long databaseBytes() {
        return Long.parseLong(Calls.sql(api, "SELECT pg_database_size(current_database())"));
    }

    @SuppressWarnings("SystemOut")
    static void say(String format, Object... values) {
        System.out.printf(format + "%n", values);
        System.out.flush();
    }

    @Override
    public void close() {
        beside.values().forEach(SealpostProcess::close);
        api.close();
    }
}
