package dev.sealpost.aggregate;

import jakarta.inject.Singleton;

import io.smallrye.health.api.HealthGroup;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/** Whether the daily tables were found to differ from the stored reports. A restart would not help, so it is up all the same. */
@HealthGroup("aggregator")
@Singleton
class CellHealth implements HealthCheck {
    private final CellUpkeep upkeep;

    CellHealth(CellUpkeep upkeep) {
        this.upkeep = upkeep;
    }

    @Override
    public HealthCheckResponse call() {
        String difference = upkeep.lastDifference();
        return HealthCheckResponse.named("daily-tables")
                .up()
                .withData("differences", difference.isEmpty() ? "none found" : difference)
                .build();
    }
}
