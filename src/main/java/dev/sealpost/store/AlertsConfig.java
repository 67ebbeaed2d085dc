package dev.sealpost.store;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** When days of domains are judged. */
@ConfigMapping(prefix = "sealpost.alerts")
public interface AlertsConfig {
    /** From the first report about a domain's day until it is judged: the others mostly come soon after. */
    @WithDefault("PT15M")
    Duration settle();

    /** Report days that are judged, the present one included; what comes later about older ones only counts. */
    @WithDefault("14")
    int horizonDays();
}
