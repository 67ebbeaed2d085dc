-- One row a policy with its failure details in it, one row a cell for all registered policy types, one lock a domain
-- and day, and ids that say where a report lies. What is stored is carried over.

-- An id is made of the day (6 hex digits, days since the year 1), the identity (6), and identity and content together
-- (18), around the version and variant of a UUID of version 8. So a report is found by its id, and the versions of one
-- identity lie side by side, without an index for either.
CREATE FUNCTION pg_temp.located(old uuid, day date, identity bytea) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
    SELECT (lpad(to_hex(greatest(0, least(day - date '0001-01-01', 16777215))), 6, '0')
            || encode(substring(identity FOR 3), 'hex')
            || '8' || substr(h, 1, 3) || '8' || substr(h, 4, 9) || substr(h, 14, 3) || substr(h, 18, 3))::uuid
    FROM (SELECT replace(old::text, '-', '') AS h) hex $$;
UPDATE report_raw x SET id = pg_temp.located(x.id, x.day, r.identity) FROM report r WHERE r.day = x.day AND r.id = x.id;
UPDATE report_copy x SET id = pg_temp.located(x.id, x.day, r.identity) FROM report r WHERE r.day = x.day AND r.id = x.id;
UPDATE unclaimed_report x SET id = pg_temp.located(x.id, x.day, r.identity) FROM report r WHERE r.day = x.day AND r.id = x.id;
UPDATE policy x SET report = pg_temp.located(x.report, x.day, r.identity)
    FROM report r WHERE r.day = x.day AND r.id = x.report;
UPDATE failure_detail x SET report = pg_temp.located(x.report, x.day, r.identity)
    FROM report r WHERE r.day = x.day AND r.id = x.report;
DROP INDEX report_identity, report_id, report_domains;
ALTER TABLE report
    ADD COLUMN best_at        timestamptz,
    ADD COLUMN preferred      boolean NOT NULL DEFAULT false,
    ADD COLUMN mail_domain    text,
    ADD COLUMN mail_submitter text,
    ADD COLUMN judgement      text;
UPDATE report r SET id = pg_temp.located(id, day, identity), best_at = coalesce(
    (SELECT c.received_at FROM report_copy c
     WHERE c.day = r.day AND c.id = pg_temp.located(r.id, r.day, r.identity) AND c.receipt = r.receipt), received_at);
ALTER TABLE report ALTER COLUMN best_at SET NOT NULL;
COMMENT ON COLUMN report.received_at IS 'earliest door time of all copies';
COMMENT ON COLUMN report.best_at IS 'door time of the copy of best provenance, whose origin is shown here';
COMMENT ON COLUMN report.preferred IS 'chosen by an operator over the other versions of its identity';
COMMENT ON COLUMN report.mail_domain IS 'the domain that the mail''s headers named (TLS-Report-Domain)';
COMMENT ON COLUMN report.judgement IS 'why the mail was found to be what provenance says';
COMMENT ON TABLE report_copy IS 'arrivals of a report that came more than once, its first included; not more than some hundred';

-- Stored as it is or as a Zstandard frame, whichever is shorter; the database need not try again.
ALTER TABLE report_raw ALTER COLUMN json SET STORAGE EXTERNAL;
ALTER TABLE report_raw_default ALTER COLUMN json SET STORAGE EXTERNAL;
COMMENT ON COLUMN report_raw.json IS 'the JSON text, or a Zstandard frame of it';

-- Reports that must not be stored again: deleted by an operator, or old and sealed into their cells.
CREATE TABLE gone_report (
    day      date    NOT NULL,
    id       uuid    NOT NULL,
    identity bytea   NOT NULL,
    sealed   boolean NOT NULL,
    PRIMARY KEY (day, id)
) PARTITION BY RANGE (day);
CREATE TABLE gone_report_default PARTITION OF gone_report DEFAULT;
COMMENT ON COLUMN gone_report.sealed IS 'counted still; another version of its identity does not';

-- A policy keeps its failure details, in the reporter's order.
ALTER TABLE policy
    ADD COLUMN failures jsonb,
    ADD COLUMN aside    boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN policy.aside IS 'its cell was full of unverified reports; it is kept and does not count';
UPDATE policy p SET failures = (
    SELECT jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
        'type', d.result_type,
        'sender', CASE WHEN d.sending_mta_inet IS NOT NULL THEN d.sending_mta_ip END,
        'sender_text', CASE WHEN d.sending_mta_inet IS NULL THEN d.sending_mta_ip END,
        'mx', d.receiving_mx_hostname, 'helo', d.receiving_mx_helo,
        'ip', CASE WHEN d.receiving_inet IS NOT NULL THEN d.receiving_ip END,
        'ip_text', CASE WHEN d.receiving_inet IS NULL THEN d.receiving_ip END,
        'n', d.failed, 'info', d.additional_information, 'code', d.failure_reason_code)) ORDER BY d.position)
    FROM failure_detail d
    WHERE d.domain = p.domain AND d.day = p.day AND d.organization = p.organization AND d.report = p.report
      AND d.policy = p.position)
WHERE details > 0;
DROP VIEW failure_occurrence;
DROP TABLE failure_detail;

CREATE VIEW failure_detail AS
SELECT p.domain, p.day, p.organization, p.report, p.position AS policy, (f.position - 1)::integer AS position,
       p.policy_type, f.detail ->> 'type' AS result_type,
       coalesce(f.detail ->> 'sender', f.detail ->> 'sender_text') AS sending_mta_ip,
       (f.detail ->> 'sender')::inet AS sending_mta_inet,
       f.detail ->> 'mx' AS receiving_mx_hostname, f.detail ->> 'helo' AS receiving_mx_helo,
       coalesce(f.detail ->> 'ip', f.detail ->> 'ip_text') AS receiving_ip, (f.detail ->> 'ip')::inet AS receiving_inet,
       (f.detail ->> 'n')::bigint AS failed, f.detail ->> 'info' AS additional_information,
       f.detail ->> 'code' AS failure_reason_code, p.aside
FROM policy p CROSS JOIN LATERAL jsonb_array_elements(p.failures) WITH ORDINALITY AS f(detail, position);

-- What counts as an occurrence of a failure: each failure detail, and one 'unspecified' row of the summary's total
-- for a policy that failed without saying how.
CREATE VIEW failure_occurrence AS
SELECT domain, day, organization, report, policy_type, coalesce(result_type, 'unspecified') AS result_type,
       sending_mta_ip, sending_mta_inet, receiving_mx_hostname, receiving_ip, receiving_inet, failure_reason_code,
       coalesce(failed, 0) AS failed
FROM failure_detail WHERE NOT aside
UNION ALL
SELECT domain, day, organization, report, policy_type, 'unspecified', NULL, NULL, NULL, NULL, NULL, NULL, failed
FROM policy WHERE details = 0 AND failed > 0 AND NOT aside;

-- The sessions of the registered policy types stand beside the estimate; other types have rows of their own.
ALTER TABLE daily_sessions
    ADD COLUMN sts_successful  bigint NOT NULL DEFAULT 0,
    ADD COLUMN sts_failed      bigint NOT NULL DEFAULT 0,
    ADD COLUMN sts_reports     bigint NOT NULL DEFAULT 0,
    ADD COLUMN tlsa_successful bigint NOT NULL DEFAULT 0,
    ADD COLUMN tlsa_failed     bigint NOT NULL DEFAULT 0,
    ADD COLUMN tlsa_reports    bigint NOT NULL DEFAULT 0,
    ADD COLUMN none_successful bigint NOT NULL DEFAULT 0,
    ADD COLUMN none_failed     bigint NOT NULL DEFAULT 0,
    ADD COLUMN none_reports    bigint NOT NULL DEFAULT 0;
UPDATE daily_sessions d SET
    sts_successful = p.s1, sts_failed = p.f1, sts_reports = p.r1, tlsa_successful = p.s2, tlsa_failed = p.f2,
    tlsa_reports = p.r2, none_successful = p.s3, none_failed = p.f3, none_reports = p.r3
FROM (SELECT domain, day, organization, channel, provenance,
        coalesce(max(successful) FILTER (WHERE policy_type = 'sts'), 0) AS s1,
        coalesce(max(failed) FILTER (WHERE policy_type = 'sts'), 0) AS f1,
        coalesce(max(reports) FILTER (WHERE policy_type = 'sts'), 0) AS r1,
        coalesce(max(successful) FILTER (WHERE policy_type = 'tlsa'), 0) AS s2,
        coalesce(max(failed) FILTER (WHERE policy_type = 'tlsa'), 0) AS f2,
        coalesce(max(reports) FILTER (WHERE policy_type = 'tlsa'), 0) AS r2,
        coalesce(max(successful) FILTER (WHERE policy_type = 'no-policy-found'), 0) AS s3,
        coalesce(max(failed) FILTER (WHERE policy_type = 'no-policy-found'), 0) AS f3,
        coalesce(max(reports) FILTER (WHERE policy_type = 'no-policy-found'), 0) AS r3
      FROM daily_policy_sessions GROUP BY 1, 2, 3, 4, 5) p
WHERE d.domain = p.domain AND d.day = p.day AND d.organization = p.organization AND d.channel = p.channel
  AND d.provenance = p.provenance;
ALTER TABLE daily_policy_sessions RENAME TO daily_other_sessions;
ALTER TABLE daily_policy_sessions_default RENAME TO daily_other_sessions_default;
DELETE FROM daily_other_sessions WHERE policy_type IN ('sts', 'tlsa', 'no-policy-found');
COMMENT ON TABLE daily_other_sessions IS 'sessions of policy types that RFC 8460 does not know, as reported';
CREATE VIEW daily_policy_sessions AS
SELECT d.domain, d.day, d.organization, d.channel, d.provenance, v.policy_type, d.organization_name, v.successful,
       v.failed, v.reports, d.saturated
FROM daily_sessions d CROSS JOIN LATERAL (VALUES
    ('sts', d.sts_successful, d.sts_failed, d.sts_reports),
    ('tlsa', d.tlsa_successful, d.tlsa_failed, d.tlsa_reports),
    ('no-policy-found', d.none_successful, d.none_failed, d.none_reports))
    AS v(policy_type, successful, failed, reports)
WHERE v.reports > 0
UNION ALL
SELECT domain, day, organization, channel, provenance, policy_type, organization_name, successful, failed, reports,
       saturated
FROM daily_other_sessions;
COMMENT ON VIEW daily_policy_sessions IS 'sessions per policy type as reported';

-- What is locked before cells are read or written, and the totals of a domain's day.
CREATE TABLE daily_domain (
    domain     text     NOT NULL,
    day        date     NOT NULL,
    rule       smallint NOT NULL,
    successful numeric  NOT NULL DEFAULT 0,
    failed     numeric  NOT NULL DEFAULT 0,
    reports    bigint   NOT NULL DEFAULT 0,
    due        boolean  NOT NULL DEFAULT false,
    PRIMARY KEY (domain, day)
) PARTITION BY RANGE (day);
CREATE TABLE daily_domain_default PARTITION OF daily_domain DEFAULT;
COMMENT ON COLUMN daily_domain.rule IS 'version of the counting rule that made the cells; a program with an older rule leaves them';
COMMENT ON COLUMN daily_domain.due IS 'a program with an older rule stored a report here: the cells lack it';
CREATE INDEX daily_domain_due ON daily_domain (domain, day) WHERE due;
COMMENT ON INDEX daily_domain_due IS 'for the program that knows the rule';
INSERT INTO daily_domain (domain, day, rule, successful, failed, reports)
SELECT u.domain, u.day, min(u.rule), 0, 0, 0 FROM daily_unit u GROUP BY 1, 2;
UPDATE daily_domain d SET successful = s.successful, failed = s.failed, reports = s.reports
FROM (SELECT domain, day, sum(successful) AS successful, sum(failed) AS failed, sum(reports) AS reports
      FROM daily_sessions GROUP BY 1, 2) s
WHERE d.domain = s.domain AND d.day = s.day;
DROP TABLE daily_unit;

-- Sums over all domains, as differences in 64 buckets by the hash of the domain, so that writers seldom meet.
CREATE TABLE rollup_failures (
    day         date     NOT NULL,
    policy_type text     NOT NULL,
    result_type text     NOT NULL,
    bucket      smallint NOT NULL,
    failed      numeric  NOT NULL,
    cells       bigint   NOT NULL,
    PRIMARY KEY (day, policy_type, result_type, bucket)
) PARTITION BY RANGE (day);
CREATE TABLE rollup_failures_default PARTITION OF rollup_failures DEFAULT;
COMMENT ON COLUMN rollup_failures.cells IS 'rows of daily_failures that are summed up here; 0 is as if the row were not there';
INSERT INTO rollup_failures (day, policy_type, result_type, bucket, failed, cells)
SELECT day, policy_type, result_type, 0, sum(failed), count(*) FROM daily_failures GROUP BY 1, 2, 3;
