package dev.sealpost.store;

import java.time.LocalDate;
import java.util.List;
import jakarta.inject.Singleton;

/** The domains that there are reports of. */
@Singleton
public class AlertDomains {
    private final ReadTransaction reading;

    AlertDomains(ReadTransaction reading) {
        this.reading = reading;
    }

    /**
     * Domains with reports since a day, in the database's order.
     *
     * @param after the last one of the page before; empty for the first page
     * @param most how many; when there are fewer, they are the last ones
     */
    public List<String> page(LocalDate since, String after, int most) {
        Sql sql = new Sql(
                "SELECT DISTINCT domain FROM daily_domain WHERE domain > ? AND day >= ? ORDER BY domain LIMIT ?",
                after,
                since,
                most);
        return reading.readAtLeisure(connection -> ReadTransaction.list(connection, sql, row -> row.getString(1)));
    }
}
