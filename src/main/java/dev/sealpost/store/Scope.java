package dev.sealpost.store;

import java.time.LocalDate;
import java.util.Optional;

/**
 * What is verified or rebuilt.
 *
 * @param from first UTC day; empty for all
 * @param to last UTC day, included; empty for all
 * @param domain the one domain; empty for all
 */
public record Scope(Optional<LocalDate> from, Optional<LocalDate> to, Optional<String> domain) {
    /** Everything. */
    public static final Scope ALL = new Scope(Optional.empty(), Optional.empty(), Optional.empty());

    /** One day. */
    static Scope of(LocalDate day) {
        return new Scope(Optional.of(day), Optional.of(day), Optional.empty());
    }

    /** The condition on a day, to follow another. */
    Sql onDay() {
        Sql sql = new Sql("");
        from.ifPresent(day -> sql.add(" AND day >= ?", day));
        to.ifPresent(day -> sql.add(" AND day <= ?", day));
        return sql;
    }

    /** The condition on a domain and a day, to follow another. */
    Sql onDomainAndDay() {
        Sql sql = onDay();
        domain.ifPresent(name -> sql.add(" AND domain = ?", name));
        return sql;
    }

    /** As people read it, and as a rebuild that was stopped is known again. */
    @Override
    public String toString() {
        return "domain " + domain.orElse("*") + " from "
                + from.map(LocalDate::toString).orElse("*") + " to "
                + to.map(LocalDate::toString).orElse("*");
    }
}
