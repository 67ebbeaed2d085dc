package dev.sealpost.store;

import java.time.LocalDate;
import java.util.List;

/** Many cells by SQL alone, as reports with failures at two hosts from three of twenty reporters leave them. */
public final class ManyCells {
    /** Of each domain and day. */
    public static final int REPORTERS = 20;

    private static final String UNIT = "'d' || d || '.example', DAY, 'reporter ' || o || ' inc.'";
    private static final String UNITS =
            " FROM generate_series(1, DOMAINS) d CROSS JOIN generate_series(1, " + REPORTERS + ") o";
    private static final String STORED = UNITS + " WHERE d % WITH_REPORTS = 0";
    private static final String ID =
            "(lpad(to_hex(DAY - date '0001-01-01'), 6, '0') || substr(md5(d || '-' || o), 1, 6)"
                    + " || '8' || substr(md5(d || '-' || o), 7, 3) || '8' || substr(md5(d || '-' || o), 10, 15))::uuid";

    /** One day of all domains, as reports with failures at two hosts from three of twenty reporters leave it. */
    private static final List<String> A_DAY = List.of(
            "INSERT INTO daily_domain (domain, day, rule, successful, failed, reports, occurrences, failing)"
                    + " SELECT 'd' || d || '.example', DAY, " + DailyCells.RULE
                    + ", 2000, 40, 20, 6, 3 FROM generate_series(1, DOMAINS) d",
            "INSERT INTO daily_sessions SELECT " + UNIT + ", 'mailbox', 'dkim-aligned', 'Reporter ' || o || ' Inc.',"
                    + " 100, 2, 1, false, 100, 2, 1, 0, 0, 0, 0, 0, 0" + UNITS,
            "INSERT INTO daily_failures SELECT " + UNIT + ", 'mailbox', 'dkim-aligned', 'sts', f.type,"
                    + " 'mx' || f.mx || '.d' || d || '.example', 'Reporter ' || o || ' Inc.', 1, 1, false, 1, 2 - f.mx"
                    + UNITS
                    + " CROSS JOIN (VALUES ('certificate-expired', 1), ('starttls-not-supported', 2)) f(type, mx)"
                    + " WHERE o <= 3",
            "INSERT INTO report (day, id, identity, organization, organization_name, contact_info, report_id, start_at,"
                    + " end_at, flags, domains, receipt, received_at, channel, provenance, rank, source, best_at)"
                    + " SELECT DAY, " + ID + ", sha256((d || '-' || o)::bytea), 'reporter ' || o || ' inc.',"
                    + " 'Reporter ' || o || ' Inc.', 'tlsrpt@reporter.example', md5(d || '-' || o || DAY), DAY, DAY, '{}',"
                    // Some name two domains, which has to be seen when reports of all domains are counted.
                    + " ARRAY['d' || d || '.example'] || CASE WHEN d % 100 = 0 THEN ARRAY['e' || d || '.example']"
                    + " ELSE '{}' END, gen_random_uuid(), DAY + interval '30 hours', 'mailbox',"
                    + " 'dkim-aligned', 0, 'reports', DAY + interval '30 hours'" + STORED,
            "INSERT INTO policy (domain, day, organization, report, position, policy_type, policy_domain, policy_string,"
                    + " mx_host, successful, failed, details, failures, flags) SELECT " + UNIT + ", " + ID
                    + ", 0, 'sts',"
                    + " 'd' || d || '.example', '{version: STSv1,mode: testing,max_age: 86400}', '{*.mx.example}', 100, 2,"
                    + " CASE WHEN o <= 3 THEN 2 ELSE 0 END, CASE WHEN o <= 3 THEN jsonb_build_array(jsonb_build_object("
                    + "'type', 'certificate-expired', 'mx', 'mx1.d' || d || '.example', 'sender', '192.0.2.1', 'ip',"
                    + " '203.0.113.7', 'n', 1), jsonb_build_object('type', 'starttls-not-supported', 'mx', 'mx2.d' || d"
                    + " || '.example', 'sender', '192.0.2.1', 'n', 1)) END, '{}'" + STORED,
            "INSERT INTO report_raw SELECT DAY, " + ID + ", convert_to(repeat(md5(d || '-' || o), 25), 'UTF8')"
                    + STORED);

    private static final List<String> SUMS = List.of(
            "INSERT INTO rollup_failures SELECT day, policy_type, result_type, 0, sum(failed), count(*)"
                    + " FROM daily_failures GROUP BY 1, 2, 3",
            "INSERT INTO rollup_sessions SELECT day, organization, hashtext(domain) & 7, min(organization_name),"
                    + " sum(successful), sum(failed), sum(reports) FROM daily_sessions GROUP BY 1, 2, 3",
            "INSERT INTO rollup_reporters SELECT day, organization, result_type, hashtext(domain) & 7,"
                    + " min(organization_name), sum(failed), sum(of_type) FROM daily_failures GROUP BY 1, 2, 3, 4"
                    + " UNION ALL SELECT day, organization, '', hashtext(domain) & 7, min(organization_name), sum(failed),"
                    + " sum(of_all) FROM daily_failures GROUP BY 1, 2, 4",
            "ANALYZE rollup_failures, rollup_sessions, rollup_reporters");

    private ManyCells() {}

    /**
     * What fills a day, one statement after the other.
     *
     * @param domains how many
     * @param withReports one of so many domains has its reports stored too, not only its cells
     */
    public static List<String> day(LocalDate day, int domains, int withReports) {
        return A_DAY.stream()
                .map(sql -> sql.replace("DAY", "'" + day + "'::date")
                        .replace("DOMAINS", String.valueOf(domains))
                        .replace("WITH_REPORTS", String.valueOf(withReports)))
                .toList();
    }

    /** What makes the sums over all domains of all days. */
    public static List<String> sums() {
        return SUMS;
    }
}
