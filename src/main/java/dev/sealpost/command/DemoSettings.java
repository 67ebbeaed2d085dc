package dev.sealpost.command;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.sealpost.demo.DemoHistory;
import dev.sealpost.standalone.Part;

/**
 * The settings of a server that shows invented reports. They go before those of the environment, so that it touches
 * nothing of a real installation: no data directory, no mailbox, no database and no broker.
 */
final class DemoSettings {
    /** Long enough for the last days to be complete, short enough for somebody who waits. */
    private static final String SETTLE = "PT5S";

    private DemoSettings() {}

    /**
     * The settings by property.
     *
     * @param given those of the environment
     * @param directory where it may write
     * @throws SettingException if they name a database or a broker
     */
    static Map<String, String> of(StartSettings given, Path directory) {
        if (given.embedded().size() < Part.values().length) {
            throw new SettingException("demo brings a database and a broker of its own, and leaves yours alone:"
                    + " run it without QUARKUS_DATASOURCE_JDBC_URL and KAFKA_BOOTSTRAP_SERVERS");
        }
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("sealpost.data-dir", directory.toString());
        settings.put("sealpost.roles", "intake,aggregator,api,alerts");
        settings.put(
                "sealpost.intake.spool.directory", directory.resolve("spool").toString());
        settings.put("sealpost.imports.directory", directory.resolve("imports").toString());
        settings.put("sealpost.watch.domains", String.join(",", DemoHistory.domains()));
        settings.put("sealpost.alerts.settle", SETTLE);
        settings.put("sealpost.alerts.horizon-days", "14");
        // Its reports are to be believed, and they come from here.
        settings.put("sealpost.intake.trusted-sources", "127.0.0.0/8,::1/128");
        settings.put("sealpost.intake.trusted-proxies", "");
        settings.put("quarkus.http.insecure-requests", "enabled");
        if (!given.isSet("quarkus.http.host")) {
            settings.put("quarkus.http.host", "127.0.0.1");
        }
        return settings;
    }
}
