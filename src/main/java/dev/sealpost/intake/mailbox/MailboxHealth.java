package dev.sealpost.intake.mailbox;

import jakarta.inject.Singleton;

import dev.sealpost.store.MailboxRow;
import io.smallrye.health.api.HealthGroup;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/** What is wrong with mailboxes. A server elsewhere that is away is told, and no reason to restart this one. */
@HealthGroup("mailbox")
@Singleton
class MailboxHealth implements HealthCheck {
    private final MailboxRole role;

    MailboxHealth(MailboxRole role) {
        this.role = role;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder health = HealthCheckResponse.named("mailboxes");
        for (MailboxRow row : role.rows()) {
            health.withData(row.name(), row.lastError().isEmpty() ? "works" : row.lastError());
        }
        return health.up().build();
    }
}
