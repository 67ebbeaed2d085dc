-- What people may ask in SQL: columns that stay, whatever becomes of the tables. docs/sql.md says what they mean. They show all
-- tenants, with the rights of their owner, so nobody may read them but whom he lets; sealpost_reader is not among these. So they
-- stand on tables alone: a view that checks who asks (security_invoker) does so below others too.

CREATE VIEW v_domains AS
SELECT domain, tenant, mx_hosts, created_at AS registered_at FROM watched_domain WHERE NOT removed;

CREATE VIEW v_sessions_daily AS
SELECT s.day, s.domain, w.tenant, s.organization_name AS organization, s.organization AS organization_key, s.channel,
       s.provenance, s.successful AS successful_sessions, s.failed AS failed_sessions, s.reports,
       s.day >= (now() AT TIME ZONE 'UTC')::date - 2 AS provisional
FROM daily_sessions s LEFT JOIN watched_domain w ON w.domain = s.domain AND NOT w.removed;

CREATE VIEW v_policy_sessions_daily AS
SELECT s.day, s.domain, w.tenant, s.organization_name AS organization, s.organization AS organization_key, s.channel,
       s.provenance, s.policy_type, s.successful AS successful_sessions, s.failed AS failed_sessions, s.reports,
       s.day >= (now() AT TIME ZONE 'UTC')::date - 2 AS provisional
FROM (SELECT d.domain, d.day, d.organization, d.channel, d.provenance, v.policy_type, d.organization_name, v.successful,
             v.failed, v.reports
      FROM daily_sessions d CROSS JOIN LATERAL (VALUES
          ('sts', d.sts_successful, d.sts_failed, d.sts_reports),
          ('tlsa', d.tlsa_successful, d.tlsa_failed, d.tlsa_reports),
          ('no-policy-found', d.none_successful, d.none_failed, d.none_reports))
          AS v(policy_type, successful, failed, reports)
      WHERE v.reports > 0
      UNION ALL
      SELECT domain, day, organization, channel, provenance, policy_type, organization_name, successful, failed, reports
      FROM daily_other_sessions) s
LEFT JOIN watched_domain w ON w.domain = s.domain AND NOT w.removed;

CREATE VIEW v_failures_daily AS
SELECT f.day, f.domain, w.tenant, f.organization_name AS organization, f.organization AS organization_key, f.channel,
       f.provenance, f.policy_type, f.result_type,
       CASE WHEN f.result_type = 'starttls-not-supported' THEN 'starttls'
            WHEN f.result_type IN ('certificate-host-mismatch', 'certificate-expired', 'certificate-not-trusted')
                THEN 'certificate'
            WHEN f.result_type = 'validation-failure' THEN 'validation'
            WHEN f.result_type IN ('tlsa-invalid', 'dnssec-invalid', 'dane-required') THEN 'dane'
            WHEN f.result_type IN ('sts-policy-fetch-error', 'sts-policy-invalid', 'sts-webpki-invalid') THEN 'sts'
            ELSE 'other' END AS result_class,
       nullif(f.receiving_mx_hostname, '') AS receiving_mx_hostname, f.failed AS failed_sessions, f.reports,
       f.day >= (now() AT TIME ZONE 'UTC')::date - 2 AS provisional
FROM daily_failures f LEFT JOIN watched_domain w ON w.domain = f.domain AND NOT w.removed;

CREATE VIEW v_failure_details AS
SELECT o.day, o.domain, w.tenant,
       coalesce(nullif(trim(r.organization_name), ''), nullif(r.organization, ''), 'unknown') AS organization,
       r.organization AS organization_key, r.channel, r.provenance, o.report AS report_id, o.policy_type, o.result_type,
       o.sending_mta_ip, o.sending_mta_inet, o.receiving_mx_hostname, o.receiving_ip, o.receiving_inet,
       o.failure_reason_code, o.failed AS failed_sessions
FROM (SELECT p.domain, p.day, p.report, p.policy_type, coalesce(f.detail ->> 'type', 'unspecified') AS result_type,
             coalesce(f.detail ->> 'sender', f.detail ->> 'sender_text') AS sending_mta_ip,
             (f.detail ->> 'sender')::inet AS sending_mta_inet, f.detail ->> 'mx' AS receiving_mx_hostname,
             coalesce(f.detail ->> 'ip', f.detail ->> 'ip_text') AS receiving_ip,
             (f.detail ->> 'ip')::inet AS receiving_inet, f.detail ->> 'code' AS failure_reason_code,
             coalesce((f.detail ->> 'n')::bigint, 0) AS failed
      FROM policy p CROSS JOIN LATERAL jsonb_array_elements(p.failures) AS f(detail)
      WHERE NOT p.aside
      UNION ALL
      SELECT domain, day, report, policy_type, 'unspecified', NULL, NULL, NULL, NULL, NULL, NULL, failed
      FROM policy WHERE details = 0 AND failed > 0 AND NOT aside) o
JOIN report r ON r.day = o.day AND r.id = o.report AND r.counts
LEFT JOIN watched_domain w ON w.domain = o.domain AND NOT w.removed
WHERE o.domain <> '';

CREATE VIEW v_reports AS
SELECT r.id, r.day, coalesce(nullif(trim(r.organization_name), ''), nullif(r.organization, ''), 'unknown') AS organization,
       r.organization AS organization_key, r.report_id, r.contact_info, r.start_at, r.end_at, r.received_at, r.channel,
       r.provenance, array_remove(r.domains, '') AS domains, r.flags, r.counts, r.contested
FROM report r;

CREATE VIEW v_organizations AS
SELECT s.organization_key, s.organization, s.first_day, s.last_day, s.days, s.domains, s.successful_sessions,
       s.failed_sessions, o.usual_delay_hours
FROM (SELECT organization AS organization_key, min(organization_name) AS organization, min(day) AS first_day,
             max(day) AS last_day, count(DISTINCT day) AS days, count(DISTINCT domain) AS domains,
             sum(successful)::bigint AS successful_sessions, sum(failed)::bigint AS failed_sessions
      FROM daily_sessions WHERE day > (now() AT TIME ZONE 'UTC')::date - 45 GROUP BY organization) s
LEFT JOIN reporter o ON o.organization = s.organization_key;

COMMENT ON VIEW v_domains IS 'registered domains and their tenants';
COMMENT ON VIEW v_sessions_daily IS 'session estimate a UTC day, domain, reporter and origin';
COMMENT ON VIEW v_policy_sessions_daily IS 'sessions as reported a UTC day, domain, reporter, origin and policy type';
COMMENT ON VIEW v_failures_daily IS 'occurrences in failure details a UTC day, domain, reporter, origin, policy type, result type and MX host';
COMMENT ON VIEW v_failure_details IS 'occurrences in failure details of reports that are stored, with addresses and reason codes';
COMMENT ON VIEW v_reports IS 'stored reports, those that do not count included';
COMMENT ON VIEW v_organizations IS 'reporters of the last 45 UTC days';
