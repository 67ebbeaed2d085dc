package dev.sealpost.notify;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jakarta.inject.Singleton;

import dev.sealpost.access.Caller;
import dev.sealpost.access.Tenant;
import dev.sealpost.http.Problem;
import dev.sealpost.store.ChannelRow;
import dev.sealpost.store.ChannelTable;
import org.jspecify.annotations.Nullable;

/** Makes, changes and finds channels, for who calls. */
@Singleton
class Channels {
    /** Of one tenant, and of the operator. */
    private static final int MOST = 100;

    private static final Duration PREVIOUS = Duration.ofDays(1);

    private final ChannelTable table;
    private final Caller caller;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    Channels(ChannelTable table, Caller caller, Clock clock) {
        this.table = table;
        this.caller = caller;
        this.clock = clock;
    }

    /**
     * A channel just made or changed.
     *
     * @param secret the new secret of its webhooks, never to be seen again; null if it has no new one
     */
    record Made(ChannelRow row, @Nullable String secret) {}

    /** The tenant of the caller; empty for who sees all. */
    Optional<String> tenant() {
        Optional<Caller.Binding> binding = caller.binding();
        if (binding.filter(bound -> !bound.domains().isEmpty()).isPresent()) {
            throw Problem.of(403, "forbidden", "channels tell of a whole tenant; this key is for some domains of it")
                    .exception();
        }
        return binding.map(Caller.Binding::tenant);
    }

    Made create(Wanted wanted) {
        ChannelType type = Wishes.type(wanted);
        String tenant = owner(wanted, type);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Optional<String> wished = wished(wanted, type);
        String secret = type == ChannelType.WEBHOOK ? wished.orElseGet(() -> Signature.secret(random)) : null;
        Secrets secrets = new Secrets(
                Wishes.url(wanted, type, Secrets.NONE), secret, null, null, Wishes.token(wanted, type, Secrets.NONE));
        ChannelRow row = row(UUID.randomUUID(), tenant, type, now, wanted, secrets, null);
        if (!table.insert(row, MOST)) {
            throw Problem.of(409, "too-many", "there are " + MOST + " channels already")
                    .exception();
        }
        return new Made(row, secret);
    }

    Made change(UUID id, Wanted wanted) {
        ChannelRow before = find(id);
        ChannelType type = ChannelType.of(before.type()).orElseThrow();
        if (differs(wanted.type(), before.type()) || differs(wanted.tenant(), before.tenant())) {
            throw Problem.badParameter("type", "type and tenant of a channel never change", List.of())
                    .exception();
        }
        Secrets old = Kept.read(before.secrets(), Secrets.class);
        Optional<String> renewed = wished(wanted, type)
                .or(() -> Boolean.TRUE.equals(wanted.rotateSecret()) && type == ChannelType.WEBHOOK
                        ? Optional.of(Signature.secret(random))
                        : Optional.empty());
        Secrets secrets = new Secrets(
                Wishes.url(wanted, type, old),
                renewed.orElse(old.secret()),
                renewed.isPresent() ? old.secret() : old.previous(),
                renewed.isPresent() ? clock.instant().plus(PREVIOUS).toString() : old.previousUntil(),
                Wishes.token(wanted, type, old));
        ChannelRow row = row(id, before.tenant(), type, before.created(), wanted, secrets, before);
        table.update(row);
        return new Made(row, renewed.orElse(null));
    }

    /** When the next digest is due; a change of something else does not put it off. */
    private @Nullable Instant due(@Nullable Schedule digest, @Nullable ChannelRow before) {
        if (digest == null) {
            return null;
        }
        boolean same = before != null
                && digest.equals(Kept.read(before.settings(), Settings.class).digest());
        return same && before != null ? before.digestAt() : digest.next(clock.instant());
    }

    private static boolean differs(@Nullable String wanted, @Nullable String before) {
        return wanted != null && !wanted.equals(before);
    }

    private ChannelRow row(
            UUID id,
            @Nullable String tenant,
            ChannelType type,
            Instant created,
            Wanted wanted,
            Secrets secrets,
            @Nullable ChannelRow before) {
        Settings settings = Wishes.settings(wanted, type);
        Schedule digest = settings.digest();
        return new ChannelRow(
                id,
                tenant,
                Wishes.name(wanted, type),
                type.label(),
                !Boolean.FALSE.equals(wanted.enabled()),
                Wishes.severity(wanted).rank(),
                Wishes.domains(wanted),
                Kept.write(settings),
                Kept.write(secrets),
                created,
                due(digest, before));
    }

    /** Whose notices it tells. The topic is the operator's. */
    private @Nullable String owner(Wanted wanted, ChannelType type) {
        Optional<String> bound = tenant();
        String named = wanted.tenant() == null ? null : Tenant.check(wanted.tenant());
        if (bound.isPresent() && named != null && !named.equals(bound.get())) {
            throw Wishes.wrong("tenant", "the caller's own, or absent", List.of(bound.get()));
        }
        if (bound.isPresent() && type == ChannelType.KAFKA) {
            throw Problem.of(403, "forbidden", "channels to the topic are for who sees all tenants")
                    .exception();
        }
        return bound.orElse(named);
    }

    private static Optional<String> wished(Wanted wanted, ChannelType type) {
        String secret = wanted.secret();
        if (secret != null && (type != ChannelType.WEBHOOK || !Signature.isSecret(secret))) {
            throw Wishes.wrong("secret", "whsec_ and base64 of 24 to 64 bytes, and absent but for webhooks", List.of());
        }
        return Optional.ofNullable(secret);
    }

    /** A channel of the caller's. */
    ChannelRow find(UUID id) {
        return table.find(id, tenant()).orElseThrow(Channels::missing);
    }

    boolean delete(UUID id) {
        return table.delete(id, tenant());
    }

    List<ChannelRow> list(Optional<ChannelTable.Place> after, int limit) {
        return table.list(tenant(), after, limit);
    }

    static dev.sealpost.http.ProblemException missing() {
        return Problem.of(404, "not-found", "there is no such channel").exception();
    }
}
