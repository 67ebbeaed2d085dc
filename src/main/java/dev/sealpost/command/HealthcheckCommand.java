package dev.sealpost.command;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Asks a running server how it is, for containers whose image has no other program that could. */
@Command(
        name = "healthcheck",
        description = {
            "Ask the server of this machine whether it is ready (its management port is set by QUARKUS_MANAGEMENT_PORT).",
            "Exit code 1 when it is not, or does not answer."
        },
        mixinStandardHelpOptions = true)
final class HealthcheckCommand implements Callable<Integer> {
    private static final int NOT_READY = 1;
    private static final int WRONG_SETTINGS = 2;
    private static final int MILLIS = 5_000;
    private static final int SHOWN = 4_000;

    @Option(names = "--door", paramLabel = "URL", description = "ask this address whether it takes reports instead")
    private @Nullable URI door;

    @Override
    public Integer call() {
        try {
            URI asked = door;
            return asked == null ? ready(StartSettings.read().management()) : takesReports(asked);
        } catch (SettingException wrong) {
            Progress.say(String.valueOf(wrong.getMessage()));
            return WRONG_SETTINGS;
        } catch (IOException | IllegalArgumentException away) {
            Progress.say("No answer: " + away.getMessage());
            return NOT_READY;
        }
    }

    private static int ready(URI management) throws IOException {
        HttpURLConnection connection = open(management.resolve("/q/health/ready"), "GET");
        try {
            int status = connection.getResponseCode();
            if (status == HttpURLConnection.HTTP_OK) {
                return 0;
            }
            InputStream body = connection.getErrorStream();
            Progress.say("Not ready (" + status + "): "
                    + (body == null ? "" : Escaped.line(new String(body.readNBytes(SHOWN), StandardCharsets.UTF_8))));
            return NOT_READY;
        } finally {
            connection.disconnect();
        }
    }

    /** OPTIONS costs nothing, and whatever stands in front has to let it through as it would a report. */
    private static int takesReports(URI door) throws IOException {
        HttpURLConnection connection = open(door, "OPTIONS");
        try {
            String allowed = connection.getHeaderField("Allow");
            if (connection.getResponseCode() == HttpURLConnection.HTTP_NO_CONTENT
                    && allowed != null
                    && allowed.contains("POST")) {
                return 0;
            }
            Progress.say(
                    "Answered " + connection.getResponseCode() + " to OPTIONS, which is no door for reports: " + door);
            return NOT_READY;
        } finally {
            connection.disconnect();
        }
    }

    private static HttpURLConnection open(URI address, String method) throws IOException {
        if (!(address.toURL().openConnection() instanceof HttpURLConnection connection)) {
            throw new IOException(address + " is no http or https address");
        }
        connection.setRequestMethod(method);
        connection.setInstanceFollowRedirects(false);
        connection.setConnectTimeout(MILLIS);
        connection.setReadTimeout(MILLIS);
        return connection;
    }
}
