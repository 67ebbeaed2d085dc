package dev.sealpost.store;

import java.time.LocalDate;
import java.util.Comparator;

/** What is locked and derived as a whole: one reporter's UTC day of one domain. */
record Unit(String domain, LocalDate day, String organization) {
    static final Comparator<Unit> ORDER =
            Comparator.comparing(Unit::domain).thenComparing(Unit::day).thenComparing(Unit::organization);

    static Bulk<Unit> bulk(String table) {
        return new Bulk<Unit>(table)
                .column("domain", "text", Unit::domain)
                .column("day", "date", Unit::day)
                .column("organization", "text", Unit::organization);
    }
}
