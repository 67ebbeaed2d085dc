package dev.sealpost.fuzz;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One run of Jazzer's driver, which is libFuzzer for the JVM, in a JVM of its own. Everything of the run is kept in one
 * folder: the inputs it starts from, those it found worth keeping, its log, and the input that broke a promise.
 */
final class Fuzzing {
    /** Beyond the time of the fuzzing itself: start, the seeds, the end. */
    private static final Duration GRACE = Duration.ofMinutes(3);

    private static final Pattern NEEDED =
            Pattern.compile("[/\\\\](sealpost|jackson-core|apache-mime4j|commons-io|jspecify|jazzer)-[^/\\\\]*\\.jar$");

    private static final Pattern EXECUTIONS = Pattern.compile("stat::number_of_executed_units: +(\\d+)");

    private final Target target;
    private final Path folder;

    Fuzzing(Target target, Path base) {
        this.target = target;
        this.folder = base.resolve(target.type().getSimpleName()).toAbsolutePath();
    }

    /** Whether Jazzer has its native library for this system. */
    static boolean isSupported() {
        String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String system = name.startsWith("mac") ? "macos" : name.startsWith("win") ? "windows" : name;
        String processor = System.getProperty("os.arch").replace("amd64", "x86_64");
        String place = "/com/code_intelligence/jazzer/driver/jazzer_driver_" + system + "_" + processor + "/";
        return Stream.of("libjazzer_driver.so", "libjazzer_driver.dylib", "jazzer_driver.dll")
                .anyMatch(file -> Fuzzing.class.getResource(place + file) != null);
    }

    /** Runs until something is found or one of the two bounds is reached; returns whether nothing was found. */
    boolean run(Duration time, long executions) throws IOException, InterruptedException {
        Files.createDirectories(folder.resolve("corpus"));
        Files.createDirectories(findings());
        List<byte[]> seeds = Seeds.of(target.type());
        Path seedFolder = Files.createDirectories(folder.resolve("seeds"));
        for (int i = 0; i < seeds.size(); i++) {
            Files.write(seedFolder.resolve("seed-" + i), seeds.get(i));
        }
        Process driver = new ProcessBuilder(command(time, executions))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log().toFile())
                .start();
        try {
            return driver.waitFor(time.plus(GRACE).toSeconds(), TimeUnit.SECONDS) && driver.exitValue() == 0;
        } finally {
            driver.destroyForcibly().waitFor();
        }
    }

    private List<String> command(Duration time, long executions) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:+EnableDynamicAgentLoading"));
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(List.of("-cp", classPath(), "com.code_intelligence.jazzer.Jazzer"));
        command.add("--target_class=" + target.type().getName());
        command.add("--instrumentation_includes=dev.sealpost.report.**:dev.sealpost.mime.**");
        // Watching every comparison would make each execution many times dearer; the dictionary has the words.
        command.add("--trace=cov");
        command.add("--reproducer_path=" + findings());
        command.addAll(List.of("corpus", "seeds", "-artifact_prefix=" + findings() + "/", "-dict=" + dictionary()));
        command.addAll(List.of("-max_total_time=" + time.toSeconds(), "-runs=" + executions, "-print_final_stats=1"));
        // Seconds for one input until it counts as hanging, however busy the machine; Invariants are stricter.
        command.addAll(List.of("-timeout=30", "-rss_limit_mb=1024"));
        return command;
    }

    /** Only what the targets need: with JUnit there too, Jazzer would start it, and Quarkus through it, for a minute. */
    private static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> Files.isDirectory(Path.of(entry))
                        || NEEDED.matcher(entry).find())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private Path dictionary() {
        try {
            return Path.of(Objects.requireNonNull(Fuzzing.class.getResource("/fuzz/" + target.dictionary()))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("a resource has an address", e);
        }
    }

    Path findings() {
        return folder.resolve("findings");
    }

    Path log() {
        return folder.resolve("log");
    }

    /** How often the target was run, as the driver says at its end; 0 if it does not say so. */
    long executions() throws IOException {
        Matcher matcher = EXECUTIONS.matcher(logText());
        return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
    }

    /** The log without its lines of progress: seed, trouble and place of the input. */
    String summary() throws IOException {
        return logText().lines().filter(line -> !line.startsWith("#")).reduce("", (all, line) -> all + line + "\n");
    }

    private String logText() throws IOException {
        return Files.readString(log(), StandardCharsets.ISO_8859_1);
    }
}
