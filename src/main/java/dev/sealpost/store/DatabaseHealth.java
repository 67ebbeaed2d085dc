package dev.sealpost.store;

import java.sql.Connection;
import java.sql.SQLException;
import jakarta.inject.Singleton;

import io.agroal.api.AgroalDataSource;
import io.smallrye.health.api.HealthGroup;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * Whether the database answers and its tables are current: the health of the roles that need it. It is no part of
 * readiness, because the door takes reports without a database.
 */
@HealthGroup("aggregator")
@HealthGroup("api")
@Singleton
public class DatabaseHealth implements HealthCheck {
    private static final int SECONDS = 2;

    private final AgroalDataSource database;
    private final Schema schema;

    DatabaseHealth(AgroalDataSource database, Schema schema) {
        this.database = database;
        this.schema = schema;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("database")
                .status(answers() && schema.isCurrent())
                .withData("tables", schema.isCurrent() ? "current" : "not up to date yet")
                .build();
    }

    private boolean answers() {
        try (Connection connection = database.getConnection()) {
            return connection.isValid(SECONDS);
        } catch (SQLException away) {
            return false;
        }
    }
}
