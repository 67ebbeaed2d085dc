package dev.sealpost.command;

import java.net.BindException;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.sealpost.standalone.DataDirectoryException;
import dev.sealpost.standalone.MemoryManners;
import dev.sealpost.standalone.StandaloneException;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.smallrye.config.ConfigValidationException;
import org.jspecify.annotations.Nullable;

/** Starts the application in this process, and says in words what stopped it. */
final class Launch {
    private static final int NOT_DONE = 1;
    private static final int WRONG_SETTINGS = 2;
    private static final Pattern PROPERTY = Pattern.compile("sealpost[.][a-z.-]*[a-z]|quarkus[.][a-z.-]*[a-z]");

    private static final Pattern FRAMEWORKS_OWN = Pattern.compile("(java[.][a-z.]+[A-Za-z]+: )|(SRCFG[0-9]+: )");

    /** Talks before Quarkus has configured logging. */
    private static final Logger HIBERNATE = Logger.getLogger("org.hibernate");

    private Launch() {}

    /** Prepares the virtual machine, runs a start and gives its exit code, or that of what stopped it. */
    static int guarded(Callable<Integer> start) {
        MemoryManners.apply();
        HIBERNATE.setLevel(Level.WARNING);
        // Half alive helps nobody: a service manager starts it again, and what was acknowledged is on disk.
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            if (failure instanceof VirtualMachineError) {
                LastWords.say(failure);
                Runtime.getRuntime().halt(1);
            }
            Progress.say("thread " + thread.getName() + " died: " + failure);
        });
        try {
            return start.call();
        } catch (DataDirectoryException | SettingException e) {
            Progress.say(String.valueOf(e.getMessage()));
            return WRONG_SETTINGS;
        } catch (StandaloneException e) {
            Progress.say(String.valueOf(e.getMessage()));
            return NOT_DONE;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Runs the application and gives its exit code.
     *
     * @param work what it does; null to serve until told to stop
     */
    static int application(@Nullable Class<? extends QuarkusApplication> work) {
        int[] exit = new int[1];
        Quarkus.run(work, (code, failure) -> exit[0] = exitCode(code, failure));
        return exit[0];
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
        return Math.max(code, NOT_DONE);
    }

    /** The framework names the property, and classes and numbers of its own; people set the variable. */
    static String withVariable(String message) {
        String problem = FRAMEWORKS_OWN.matcher(message).replaceAll("");
        Matcher property = PROPERTY.matcher(problem);
        return property.find()
                ? UnknownVariables.variable(property.group()) + " (see docs/configuration.md): " + problem
                : problem;
    }
}
