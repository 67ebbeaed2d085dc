package dev.sealpost.alert;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

import dev.sealpost.access.Caller;
import dev.sealpost.access.Tenant;
import dev.sealpost.http.Problem;
import dev.sealpost.http.ProblemException;
import dev.sealpost.report.DomainName;
import org.jspecify.annotations.Nullable;

/** Checks the members of what somebody wants to set. */
final class Wish {
    private static final int MOST_NAMES = 100;
    private static final int LONGEST = 200;

    private Wish() {}

    static ProblemException wrong(String member, String expected, List<String> allowed) {
        return Problem.badParameter(member, member + " must be " + expected, allowed)
                .exception();
    }

    /** One of some words, or absent. */
    static void oneOf(String member, @Nullable String value, List<String> allowed) {
        if (value != null && !allowed.contains(value)) {
            throw wrong(member, "one of " + String.join(", ", allowed), allowed);
        }
    }

    /** A number within bounds, or absent. */
    static void within(String member, @Nullable Number value, double least, double most) {
        if (value != null && !(value.doubleValue() >= least && value.doubleValue() <= most)) {
            throw wrong(member, "from " + Plain.amount(least) + " to " + Plain.amount(most), List.of());
        }
    }

    /** A short text, or absent. */
    static void shortText(String member, @Nullable String value) {
        if (value != null
                && (value.isBlank() || value.length() > LONGEST || value.chars().anyMatch(Character::isISOControl))) {
            throw wrong(member, "1 to " + LONGEST + " printable characters", List.of());
        }
    }

    /** Short texts, or absent. */
    static void shortTexts(String member, @Nullable List<String> values) {
        if (values != null) {
            if (values.size() > MOST_NAMES || values.stream().anyMatch(Objects::isNull)) {
                throw wrong(member, "at most " + MOST_NAMES + " texts", List.of());
            }
            values.forEach(value -> shortText(member, value));
        }
    }

    /** Domains as they are kept, or absent. */
    static @Nullable List<String> domains(@Nullable List<String> texts) {
        shortTexts("domains", texts);
        return texts == null
                ? null
                : texts.stream()
                        .map(text -> DomainName.parse(text)
                                .map(DomainName::value)
                                .orElseThrow(() -> wrong("domains", "names such as example.com", List.of())))
                        .distinct()
                        .toList();
    }

    /** Whose it is: the caller's tenant, or what a caller who sees all asks for; null is everybody's. */
    static @Nullable String tenant(Caller caller, @Nullable String wanted) {
        Optional<String> bound = caller.binding().map(Caller.Binding::tenant);
        if (bound.isPresent() && wanted != null && !wanted.equals(bound.get())) {
            throw wrong("tenant", "absent, or your own", List.of(bound.get()));
        }
        return bound.orElseGet(() -> wanted == null ? null : Tenant.check(wanted));
    }
}
