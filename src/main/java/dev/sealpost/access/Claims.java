package dev.sealpost.access;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sealpost.http.ProblemException;
import dev.sealpost.store.KeyTable;
import org.jspecify.annotations.Nullable;

/** What a token of the provider makes of its bearer, by the settings. Whatever is missing or malformed makes less of him. */
final class Claims {
    private final SignOnConfig config;

    Claims(SignOnConfig config) {
        this.config = config;
    }

    /**
     * A known person.
     *
     * @param role the highest he has
     * @param binding what he is bound to; null sees all tenants
     */
    record Standing(String role, Caller.@Nullable Binding binding) {}

    /** What the claims of a verified token say; empty if they give no role, or no tenant where one is to be named. */
    Optional<Standing> read(JsonNode claims) {
        Set<String> roles = Set.copyOf(texts(claims, config.roleClaim()));
        return role(roles).flatMap(role -> {
            if (roles.contains(config.roles().allTenants())) {
                return Optional.of(new Standing(role, null));
            }
            return binding(claims).map(binding -> new Standing(role, binding));
        });
    }

    private Optional<String> role(Set<String> roles) {
        SignOnConfig.Roles names = config.roles();
        return roles.contains(names.admin())
                ? Optional.of(Role.ADMIN)
                : roles.contains(names.operator())
                        ? Optional.of(Role.OPERATOR)
                        : roles.contains(names.viewer()) ? Optional.of(Role.VIEWER) : Optional.empty();
    }

    private Optional<Caller.Binding> binding(JsonNode claims) {
        List<String> tenants =
                config.tenantClaim().map(claim -> texts(claims, claim)).orElse(List.of(config.tenant()));
        if (tenants.size() != 1 || !isTenant(tenants.getFirst())) {
            return Optional.empty();
        }
        if (config.domainsClaim().isEmpty()) {
            return Optional.of(new Caller.Binding(tenants.getFirst(), Set.of()));
        }
        Set<String> domains = new HashSet<>();
        texts(claims, config.domainsClaim().get())
                .forEach(text -> KeyTable.domain(text).ifPresent(domains::add));
        // Without any domain the binding would be to all of the tenant's.
        return domains.isEmpty() ? Optional.empty() : Optional.of(new Caller.Binding(tenants.getFirst(), domains));
    }

    private static boolean isTenant(String name) {
        try {
            Tenant.check(name);
            return true;
        } catch (ProblemException none) {
            return false;
        }
    }

    /** The texts of a claim, one or a list: by its whole name, else by the path that its dots make. */
    private static List<String> texts(JsonNode claims, String name) {
        JsonNode claim = claims.path(name);
        if (claim.isMissingNode()) {
            claim = claims;
            for (String step : name.split("\\.", -1)) {
                claim = claim.path(step);
            }
        }
        List<String> texts = new ArrayList<>();
        if (claim.isTextual()) {
            texts.add(claim.asText());
        }
        if (claim.isArray()) {
            claim.forEach(each -> texts.add(each.isTextual() ? each.asText() : ""));
        }
        return texts;
    }
}
