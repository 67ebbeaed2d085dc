package dev.sealpost.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;

/** What is locked and derived as a whole: one reporter's UTC day of one domain. */
record Unit(String domain, LocalDate day, String organization) {
    static final Comparator<Unit> ORDER =
            Comparator.comparing(Unit::domain).thenComparing(Unit::day).thenComparing(Unit::organization);

    /** The units in which a report has a share, of a row with its day, organization and domains. */
    static List<Unit> of(ResultSet row) throws SQLException {
        LocalDate day = row.getObject("day", LocalDate.class);
        String organization = row.getString("organization");
        return ReportList.texts(row, "domains").stream()
                .filter(domain -> !domain.isEmpty())
                .map(domain -> new Unit(domain, day, organization))
                .toList();
    }

    static Bulk<Unit> bulk(String table) {
        return new Bulk<Unit>(table)
                .column("domain", "text", Unit::domain)
                .column("day", "date", Unit::day)
                .column("organization", "text", Unit::organization);
    }
}
