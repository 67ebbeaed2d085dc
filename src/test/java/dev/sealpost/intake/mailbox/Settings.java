package dev.sealpost.intake.mailbox;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import io.smallrye.config.SmallRyeConfigBuilder;

/** Configurations of mailboxes as the product reads them. */
final class Settings {
    private static final String PREFIX = "sealpost.mailboxes.box.";

    private final Map<String, String> values = new HashMap<>();

    /** Of localhost, with short patience. */
    static Settings of(int port) {
        return new Settings()
                .with("host", "localhost")
                .with("port", Integer.toString(port))
                .with("user", "rua")
                .with("password", "correct-horse")
                .with("timeout", "10s");
    }

    Settings with(String name, String value) {
        values.put(PREFIX + name, value);
        return this;
    }

    Settings without(String name) {
        values.remove(PREFIX + name);
        return this;
    }

    Settings trust(Path pem) {
        return with("trust", pem.toString());
    }

    MailboxConfig build() {
        return new SmallRyeConfigBuilder()
                .withMapping(MailboxesConfig.class)
                .withDefaultValues(values)
                .addDiscoveredConverters()
                .build()
                .getConfigMapping(MailboxesConfig.class)
                .byName()
                .values()
                .iterator()
                .next();
    }
}
