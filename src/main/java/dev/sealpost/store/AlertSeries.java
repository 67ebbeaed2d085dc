package dev.sealpost.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.UUID;

/**
 * What one reporter says about one domain, as a part of an alert.
 *
 * @param alert which it is part of
 * @param organization the reporter as compared; empty where a rule is about none
 * @param organizationName as it writes itself
 * @param resultType how sessions failed; empty where a rule is about no failures
 * @param hostile whether it looks like an attack
 * @param verified whether it is known who sent the reports
 * @param firstDay of the findings
 * @param lastDay of the findings
 * @param rate failures a session, the highest that was told
 * @param live false if what came later explains it
 * @param kind as of the last finding
 * @param severity as of the last finding
 * @param evidence JSON, as of the last finding
 */
public record AlertSeries(
        UUID alert,
        String domain,
        String organization,
        String organizationName,
        String resultType,
        boolean hostile,
        boolean verified,
        LocalDate firstDay,
        LocalDate lastDay,
        double rate,
        boolean live,
        String kind,
        String severity,
        String evidence) {

    static final Bulk<AlertSeries> BULK = new Bulk<AlertSeries>("alert_series AS s")
            .column("alert", "uuid", AlertSeries::alert)
            .column("domain", "text", AlertSeries::domain)
            .column("organization", "text", AlertSeries::organization)
            .column("organization_name", "text", AlertSeries::organizationName)
            .column("result_type", "text", AlertSeries::resultType)
            .column("hostile", "boolean", AlertSeries::hostile)
            .column("verified", "boolean", AlertSeries::verified)
            .column("first_day", "date", AlertSeries::firstDay)
            .column("last_day", "date", AlertSeries::lastDay)
            .column("rate", "double precision", AlertSeries::rate)
            .column("live", "boolean", AlertSeries::live)
            .column("kind", "text", AlertSeries::kind)
            .column("severity", "text", AlertSeries::severity)
            .column("evidence", "json", AlertSeries::evidence);

    /**
     * An older day says nothing new of the present state; nor does a brief proof say anything where a full one of the same day
     * stands already.
     */
    static final String PUT = BULK.insert() + """
             ON CONFLICT (domain, organization, result_type, hostile, verified, alert) DO UPDATE SET
                first_day = least(s.first_day, excluded.first_day), last_day = greatest(s.last_day, excluded.last_day),
                rate = greatest(s.rate, excluded.rate), live = excluded.live, organization_name = excluded.organization_name,
                kind = CASE WHEN excluded.last_day < s.last_day THEN s.kind ELSE excluded.kind END,
                severity = CASE WHEN excluded.last_day < s.last_day THEN s.severity ELSE excluded.severity END,
                evidence = CASE WHEN excluded.last_day < s.last_day
                    OR (excluded.last_day = s.last_day AND excluded.evidence ->> 'brief' IS NOT NULL
                        AND s.evidence ->> 'brief' IS NULL AND s.evidence ->> 'day' IS NOT NULL)
                    THEN s.evidence ELSE excluded.evidence END""";

    static AlertSeries of(ResultSet row) throws SQLException {
        return new AlertSeries(
                row.getObject("alert", UUID.class),
                row.getString("domain"),
                row.getString("organization"),
                row.getString("organization_name"),
                row.getString("result_type"),
                row.getBoolean("hostile"),
                row.getBoolean("verified"),
                row.getObject("first_day", LocalDate.class),
                row.getObject("last_day", LocalDate.class),
                row.getDouble("rate"),
                row.getBoolean("live"),
                row.getString("kind"),
                row.getString("severity"),
                row.getString("evidence"));
    }
}
