package dev.sealpost.store;

import java.time.LocalDate;
import java.util.Comparator;

/**
 * One UTC day of one domain.
 *
 * @param domain the domain that policies are attributed to
 * @param day the UTC day that their reports start on
 */
public record DomainDay(String domain, LocalDate day) {
    static final Comparator<DomainDay> ORDER =
            Comparator.comparing(DomainDay::domain).thenComparing(DomainDay::day);

    static DomainDay of(Unit unit) {
        return new DomainDay(unit.domain(), unit.day());
    }

    /** Days as a table {@code u} of a statement. */
    static Bulk<DomainDay> bulk(String table) {
        return new Bulk<DomainDay>(table)
                .column("domain", "text", DomainDay::domain)
                .column("day", "date", DomainDay::day);
    }
}
