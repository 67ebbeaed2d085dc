package dev.sealpost.acceptance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The command of the packaged program. The build's tests start it a hundred times on few processors, so with
 * -Dsealpost.aot=FILE its virtual machine is the one of the images, with the fast compiler alone and, in that file, what
 * {@link Training} left of an earlier life. JAVA_TOOL_OPTIONS is for more. Without it, it is as it comes.
 */
final class Program {
    private Program() {}

    static Path jar() {
        return Path.of(System.getProperty("sealpost.jar"));
    }

    /** What lives begin with; null if they begin from nothing. */
    static @Nullable Path cache() {
        String file = System.getProperty("sealpost.aot");
        return file == null ? null : Path.of(file);
    }

    static List<String> command(String... arguments) {
        return command(jar(), arguments);
    }

    static List<String> command(Path jar, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        Path cache = cache();
        if (cache != null) {
            command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
            if (Boolean.getBoolean("sealpost.training")) {
                command.add("-XX:AOTCacheOutput=" + cache);
            } else if (jar.equals(jar()) && Files.exists(cache)) {
                // Made of another build it is left alone, without a word on the output that tests read.
                command.addAll(List.of("-XX:AOTCache=" + cache, "-Xlog:disable"));
            }
        }
        command.addAll(List.of("-jar", jar.toString()));
        command.addAll(List.of(arguments));
        return command;
    }
}
