package dev.sealpost.command;

import java.net.BindException;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.sealpost.standalone.DataDirectory;
import dev.sealpost.standalone.DataDirectoryException;
import dev.sealpost.standalone.MemoryManners;
import dev.sealpost.standalone.Part;
import dev.sealpost.standalone.Standalone;
import dev.sealpost.standalone.StandaloneException;
import io.quarkus.runtime.Quarkus;
import io.smallrye.config.ConfigValidationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** Runs the server until it is told to stop. */
@Command(
        name = "serve",
        description = "Run the server (the default). PostgreSQL and Kafka run inside unless QUARKUS_DATASOURCE_JDBC_URL"
                + " and KAFKA_BOOTSTRAP_SERVERS name others.",
        mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
    private static final int WRONG_SETTINGS = 2;
    private static final Pattern PROPERTY = Pattern.compile("sealpost[.][a-z.-]*[a-z]|quarkus[.][a-z.-]*[a-z]");

    /** Talks before Quarkus has configured logging. */
    private static final Logger HIBERNATE = Logger.getLogger("org.hibernate");

    @Override
    public Integer call() {
        MemoryManners.apply();
        HIBERNATE.setLevel(Level.WARNING);
        // Half alive helps nobody: a service manager starts it again, and what was acknowledged is on disk.
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            if (failure instanceof OutOfMemoryError) {
                Runtime.getRuntime().halt(1);
            }
            Progress.say("thread " + thread.getName() + " died: " + failure);
        });
        try {
            StartSettings settings = StartSettings.read();
            // On a signal the parts end by themselves, after the server; this block sees only a start that fails.
            try (DataDirectory data = DataDirectory.open(settings.dataDirectory())) {
                settings.complete(data).forEach(System::setProperty);
                return serve(data, settings.embedded());
            }
        } catch (DataDirectoryException | SettingException e) {
            Progress.say(String.valueOf(e.getMessage()));
            return WRONG_SETTINGS;
        } catch (StandaloneException e) {
            Progress.say(String.valueOf(e.getMessage()));
            return 1;
        }
    }

    private static int serve(DataDirectory data, Set<Part> embedded) {
        try (Standalone parts = Standalone.start(data, embedded, Progress::say)) {
            parts.settings().forEach(System::setProperty);
            Progress.say("Starting the server");
            int[] exit = new int[1];
            Quarkus.run(null, (code, failure) -> exit[0] = exitCode(code, failure));
            return exit[0];
        }
    }

    /** The framework names the property; people set the variable. */
    private static String withVariable(String problem) {
        Matcher property = PROPERTY.matcher(problem);
        return property.find()
                ? UnknownVariables.variable(property.group()) + " (see the table in README.md): " + problem
                : problem;
    }

    private static int exitCode(int code, @Nullable Throwable failure) {
        if (failure == null) {
            return code;
        }
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof BindException) {
            Progress.say("Cannot start: " + cause.getMessage()
                    + "; stop what uses the port, or set QUARKUS_HTTP_PORT and QUARKUS_MANAGEMENT_PORT to others");
            return WRONG_SETTINGS;
        }
        if (cause instanceof ConfigValidationException wrong) {
            for (int i = 0; i < wrong.getProblemCount(); i++) {
                Progress.say(
                        "Wrong setting: " + withVariable(wrong.getProblem(i).getMessage()));
            }
            return WRONG_SETTINGS;
        }
        String message = String.valueOf(cause.getMessage());
        if (message.startsWith("sealpost.")) {
            Progress.say("Wrong setting: " + withVariable(message));
            return WRONG_SETTINGS;
        }
        Progress.say("Cannot start: " + message);
        return Math.max(code, 1);
    }
}
