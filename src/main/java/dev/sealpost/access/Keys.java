package dev.sealpost.access;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import jakarta.inject.Singleton;

import dev.sealpost.http.Problem;
import dev.sealpost.http.ProblemException;
import dev.sealpost.store.KeyTable;
import dev.sealpost.store.StoredKey;
import org.jspecify.annotations.Nullable;

/** Makes, lists and revokes keys. */
@Singleton
public class Keys {
    private static final List<String> ROLES = List.of(Role.INTAKE, Role.VIEWER, Role.OPERATOR, Role.ADMIN);

    private static final int MAX_DOMAINS = 1_000;

    private final KeyTable table;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    Keys(KeyTable table, Clock clock) {
        this.table = table;
        this.clock = clock;
    }

    /**
     * A key to be made. What is null is left to the default.
     *
     * @param role what it is for
     * @param tenant whose it is; * for one that sees all tenants
     * @param domains the only domains it is good for; empty is all
     * @param expires when it ends, RFC 3339
     */
    public record Wanted(
            @Nullable String role,
            @Nullable String tenant,
            @Nullable List<@Nullable String> domains,
            @Nullable String expires) {}

    /**
     * A key just made.
     *
     * @param key the key itself, never to be seen again
     */
    public record Created(String key, StoredKey kept) {}

    /**
     * Makes a key.
     *
     * @param by what who makes it is bound to, and so the key
     * @throws ProblemException if the wish cannot be met, with what is allowed
     */
    public Created create(Wanted asked, Optional<Caller.Binding> by) {
        Wanted wanted = by.map(binding -> within(binding, asked)).orElse(asked);
        String role = wanted.role == null ? "" : wanted.role;
        if (!ROLES.contains(role)) {
            throw Problem.badParameter("role", "role must be one of " + String.join(", ", ROLES), ROLES)
                    .exception();
        }
        String tenant = tenant(wanted, role);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        String key = KeyText.random(random);
        StoredKey kept = new StoredKey(
                UUID.randomUUID(),
                KeyText.hex(KeyText.hash(key)),
                KeyText.prefix(key),
                role,
                tenant,
                domains(wanted.domains),
                now,
                wanted.expires == null ? null : expiry(wanted.expires, now),
                null,
                null);
        table.insert(kept);
        return new Created(key, kept);
    }

    /** The wish of somebody who is bound: never for more than he may do himself. */
    private static Wanted within(Caller.Binding binding, Wanted asked) {
        if (asked.tenant != null && !asked.tenant.equals(binding.tenant())) {
            throw Problem.badParameter(
                            "tenant", "your keys are of tenant " + binding.tenant(), List.of(binding.tenant()))
                    .exception();
        }
        Set<String> domains = domains(asked.domains);
        if (!binding.domains().isEmpty() && !binding.domains().containsAll(domains)) {
            throw Problem.badParameter("domains", "your keys are for your domains", List.copyOf(binding.domains()))
                    .exception();
        }
        List<@Nullable String> own = List.copyOf(domains.isEmpty() ? binding.domains() : domains);
        return new Wanted(asked.role, binding.tenant(), own, asked.expires);
    }

    /** A key that reads sees one tenant, or by an asterisk all; one for reports attributes to one. */
    private static String tenant(Wanted wanted, String role) {
        String tenant = wanted.tenant == null ? Tenant.DEFAULT : wanted.tenant;
        boolean all = tenant.equals(StoredKey.ALL_TENANTS) && !role.equals(Role.INTAKE);
        if (all && wanted.domains != null && !wanted.domains.isEmpty()) {
            throw Problem.badParameter("domains", "a key for all tenants has no domains of its own", List.of())
                    .exception();
        }
        return all ? tenant : Tenant.check(tenant);
    }

    private static Set<String> domains(@Nullable List<@Nullable String> texts) {
        if (texts == null) {
            return Set.of();
        }
        if (texts.size() > MAX_DOMAINS) {
            throw Problem.badParameter("domains", "a key may name " + MAX_DOMAINS + " domains", List.of())
                    .exception();
        }
        return texts.stream()
                .map(text -> Optional.ofNullable(text)
                        .flatMap(KeyTable::domain)
                        .orElseThrow(() -> Problem.badParameter(
                                        "domains", "domains must be names such as example.com", List.of())
                                .exception()))
                .collect(Collectors.toSet());
    }

    private static Instant expiry(String text, Instant now) {
        try {
            Instant expires = Instant.parse(text).truncatedTo(ChronoUnit.MICROS);
            if (expires.isAfter(now) && expires.isBefore(Instant.parse("9999-01-01T00:00:00Z"))) {
                return expires;
            }
        } catch (DateTimeException unreadable) {
            // As one that is over.
        }
        throw Problem.badParameter("expires", "expires must be a time to come, such as 2027-12-31T00:00:00Z", List.of())
                .exception();
    }

    /** The keys that were not revoked, oldest first, after a place, at most so many. */
    public List<StoredKey> list(Optional<KeyTable.Place> after, int limit, Optional<Caller.Binding> by) {
        return table.list(after, limit, owner(by));
    }

    /** Revokes a key that who does it may see; the tenant it was of, empty if there is none of this id. */
    public Optional<String> revoke(UUID id, Optional<Caller.Binding> by) {
        return table.revoke(id, clock.instant().truncatedTo(ChronoUnit.MICROS), owner(by));
    }

    private static KeyTable.Owner owner(Optional<Caller.Binding> by) {
        return by.map(binding -> new KeyTable.Owner(Optional.of(binding.tenant()), binding.domains()))
                .orElse(KeyTable.Owner.ANYBODY);
    }
}
