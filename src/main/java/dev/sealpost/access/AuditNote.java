package dev.sealpost.access;

import java.util.Optional;
import jakarta.enterprise.context.RequestScoped;

import org.jspecify.annotations.Nullable;

/** What a call says of itself for the audit log, where its address does not say it. */
@RequestScoped
public class AuditNote {
    private @Nullable String subject;
    private @Nullable String tenant;
    private boolean kept;

    /** Whose the thing is that was changed. */
    public void of(String owner) {
        tenant = owner;
    }

    /** What was changed, such as keys/ and its id. */
    public void about(String thing) {
        subject = thing;
    }

    /** The call has kept an entry itself, in the transaction that made the change. */
    public void kept() {
        kept = true;
    }

    Optional<String> subject() {
        return Optional.ofNullable(subject);
    }

    Optional<String> tenant() {
        return Optional.ofNullable(tenant);
    }

    boolean isKept() {
        return kept;
    }
}
