package dev.sealpost.intake.mailbox;

import java.util.Map;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;

/** All mailboxes that are read, by name. */
@ConfigMapping(prefix = "sealpost.mailboxes")
public interface MailboxesConfig {
    /** By name: lower-case letters, digits and hyphens. */
    @WithParentName
    Map<String, MailboxConfig> byName();
}
