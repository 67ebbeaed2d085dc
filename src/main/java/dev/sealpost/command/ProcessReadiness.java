package dev.sealpost.command;

import java.util.Set;
import jakarta.inject.Singleton;

import dev.sealpost.intake.IntakeHealth;
import dev.sealpost.store.DatabaseHealth;
import io.smallrye.health.api.HealthGroup;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** A process with a door is ready when the door is; the other roles need the database, and show in their groups. */
@Readiness
@Singleton
class ProcessReadiness implements HealthCheck {
    private final Set<ProcessRole> roles;
    private final IntakeHealth intake;
    private final DatabaseHealth database;

    ProcessReadiness(
            ServerConfig config,
            @HealthGroup("intake") IntakeHealth intake,
            @HealthGroup("api") DatabaseHealth database) {
        this.roles = config.roles();
        this.intake = intake;
        this.database = database;
    }

    @Override
    public HealthCheckResponse call() {
        return roles.contains(ProcessRole.INTAKE) ? intake.call() : database.call();
    }
}
