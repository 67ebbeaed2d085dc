-- Sums over all domains by reporter, so that questions that name no domain count reports and reporters without reading
-- them. A report has one day and one reporter, and is in these sums once for each domain that it names; what names several
-- is found by an index and taken off when somebody asks.

-- A report with a failure puts itself down in one row of each result type, and in one row of all: the first of them by
-- result type, policy type and host. So these can be added up over rows, as the numbers of reports of the rows cannot.
ALTER TABLE daily_failures ADD COLUMN of_type bigint NOT NULL DEFAULT 0, ADD COLUMN of_all bigint NOT NULL DEFAULT 0;
ALTER TABLE sealed_failures ADD COLUMN of_type bigint NOT NULL DEFAULT 0, ADD COLUMN of_all bigint NOT NULL DEFAULT 0;
COMMENT ON COLUMN daily_failures.of_type IS 'reports whose first row of this result type this is, within domain, reporter and origin';
COMMENT ON COLUMN daily_failures.of_all IS 'reports whose first row of all this is, within domain, reporter and origin';

UPDATE daily_failures d SET of_type = s.of_type, of_all = s.of_all
FROM (SELECT domain, day, organization, channel, provenance, policy_type, result_type, mx,
             count(*) FILTER (WHERE in_type = 1) AS of_type, count(*) FILTER (WHERE in_all = 1) AS of_all
      FROM (SELECT *, row_number() OVER (PARTITION BY domain, day, report, result_type
                          ORDER BY policy_type COLLATE "C", mx COLLATE "C") AS in_type,
                   row_number() OVER (PARTITION BY domain, day, report
                          ORDER BY result_type COLLATE "C", policy_type COLLATE "C", mx COLLATE "C") AS in_all
            FROM (SELECT DISTINCT o.domain, o.day, o.organization, r.channel, r.provenance, o.report, o.policy_type,
                         o.result_type, coalesce(o.receiving_mx_hostname, '') AS mx
                  FROM failure_occurrence o JOIN report r ON r.day = o.day AND r.id = o.report AND r.counts) kinds) placed
      GROUP BY 1, 2, 3, 4, 5, 6, 7, 8) s
WHERE d.domain = s.domain AND d.day = s.day AND d.organization = s.organization AND d.channel = s.channel
  AND d.provenance = s.provenance AND d.policy_type = s.policy_type AND d.result_type = s.result_type
  AND d.receiving_mx_hostname = s.mx;
-- A program that does not know these columns leaves the cells to one that does.
UPDATE daily_domain SET rule = 2 WHERE rule = 1 AND NOT due;

CREATE TABLE rollup_sessions (
    day               date     NOT NULL,
    organization      text     NOT NULL,
    bucket            smallint NOT NULL,
    organization_name text     NOT NULL,
    successful        numeric  NOT NULL,
    failed            numeric  NOT NULL,
    reports           bigint   NOT NULL,
    PRIMARY KEY (day, organization, bucket)
) PARTITION BY RANGE (day);
CREATE TABLE rollup_sessions_default PARTITION OF rollup_sessions DEFAULT;
CREATE TABLE rollup_reporters (
    day               date     NOT NULL,
    organization      text     NOT NULL,
    result_type       text     NOT NULL,
    bucket            smallint NOT NULL,
    organization_name text     NOT NULL,
    failed            numeric  NOT NULL,
    reports           bigint   NOT NULL,
    PRIMARY KEY (day, organization, result_type, bucket)
) PARTITION BY RANGE (day);
CREATE TABLE rollup_reporters_default PARTITION OF rollup_reporters DEFAULT;
COMMENT ON TABLE rollup_sessions IS 'sums of daily_sessions over all domains; a bucket may be negative, its sum over buckets is not';
COMMENT ON TABLE rollup_reporters IS 'sums of daily_failures over all domains, of_type in reports; of_all where result_type is empty';
COMMENT ON COLUMN rollup_sessions.bucket IS 'that of the process that wrote the difference: writers seldom meet';
COMMENT ON COLUMN rollup_sessions.organization_name IS 'the least that was ever counted';
INSERT INTO rollup_sessions (day, organization, bucket, organization_name, successful, failed, reports)
SELECT day, organization, 0, min(organization_name COLLATE "C"), sum(successful), sum(failed), sum(reports)
FROM daily_sessions GROUP BY 1, 2;
INSERT INTO rollup_reporters (day, organization, result_type, bucket, organization_name, failed, reports)
SELECT day, organization, result_type, 0, min(organization_name COLLATE "C"), sum(failed), sum(of_type)
FROM daily_failures GROUP BY 1, 2, 3
UNION ALL SELECT day, organization, '', 0, min(organization_name COLLATE "C"), sum(failed), sum(of_all)
FROM daily_failures GROUP BY 1, 2;

CREATE INDEX report_several ON report (day, organization) WHERE counts AND cardinality(array_remove(domains, '')) > 1;
COMMENT ON INDEX report_several IS 'reports of several domains, which sums over all domains have more than once';
