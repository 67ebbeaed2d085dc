-- Reports as received, and the daily tables that are a pure function of them.
-- Every big table is partitioned by the UTC day of the report's start, so that retention can drop a partition;
-- days without a partition of their own live in the default one.
-- organization is the reporter as compared (case-folded, trimmed); organization_name is how it writes itself.

CREATE TABLE report (
    day               date        NOT NULL,
    id                uuid        NOT NULL,
    identity          bytea       NOT NULL,
    organization      text        NOT NULL,
    organization_name text,
    contact_info      text,
    report_id         text        NOT NULL,
    start_at          timestamptz NOT NULL,
    end_at            timestamptz NOT NULL,
    flags             text[]      NOT NULL,
    domains           text[]      NOT NULL,
    receipt           uuid        NOT NULL,
    received_at       timestamptz NOT NULL,
    channel           text        NOT NULL,
    provenance        text        NOT NULL,
    rank              smallint    NOT NULL,
    source            text        NOT NULL,
    tenant            text,
    counts            boolean     NOT NULL DEFAULT true,
    contested         boolean     NOT NULL DEFAULT false,
    PRIMARY KEY (day, id)
) PARTITION BY RANGE (day);
CREATE TABLE report_default PARTITION OF report DEFAULT;
CREATE INDEX report_identity ON report (day, identity);
COMMENT ON INDEX report_identity IS 'for the versions of one report: which one counts, which are contested';
CREATE INDEX report_id ON report (id);
COMMENT ON INDEX report_id IS 'for GET /reports/{id}';
CREATE INDEX report_domains ON report USING gin (domains);
COMMENT ON INDEX report_domains IS 'for GET /reports?domain=';
COMMENT ON COLUMN report.id IS 'derived from identity and content, so the same bytes always get the same id';
COMMENT ON COLUMN report.rank IS 'of the provenance; smaller is better';
COMMENT ON COLUMN report.received_at IS 'earliest door time of all copies';

CREATE TABLE report_raw (
    day  date  NOT NULL,
    id   uuid  NOT NULL,
    json bytea NOT NULL,
    PRIMARY KEY (day, id)
) PARTITION BY RANGE (day);
CREATE TABLE report_raw_default PARTITION OF report_raw DEFAULT;

CREATE TABLE report_copy (
    day         date        NOT NULL,
    id          uuid        NOT NULL,
    receipt     uuid        NOT NULL,
    received_at timestamptz NOT NULL,
    channel     text        NOT NULL,
    provenance  text        NOT NULL,
    rank        smallint    NOT NULL,
    source      text        NOT NULL,
    tenant      text,
    PRIMARY KEY (day, id, receipt)
) PARTITION BY RANGE (day);
CREATE TABLE report_copy_default PARTITION OF report_copy DEFAULT;
COMMENT ON TABLE report_copy IS 'every arrival of a report that came more than once, its first included';

-- domain: the domain the policy is attributed to; '' while nobody knows (such a policy enters no cell).
CREATE TABLE policy (
    domain        text    NOT NULL,
    day           date    NOT NULL,
    organization  text    NOT NULL,
    report        uuid    NOT NULL,
    position      integer NOT NULL,
    policy_type   text    NOT NULL,
    policy_domain text,
    policy_string text[]  NOT NULL,
    mx_host       text[]  NOT NULL,
    successful    bigint,
    failed        bigint,
    details       integer NOT NULL,
    flags         text[]  NOT NULL,
    PRIMARY KEY (domain, day, organization, report, position)
) PARTITION BY RANGE (day);
CREATE TABLE policy_default PARTITION OF policy DEFAULT;

-- Addresses are text as reported (canonical where they are addresses) and inet for questions about networks.
CREATE TABLE failure_detail (
    domain                 text    NOT NULL,
    day                    date    NOT NULL,
    organization           text    NOT NULL,
    report                 uuid    NOT NULL,
    policy                 integer NOT NULL,
    position               integer NOT NULL,
    policy_type            text    NOT NULL,
    result_type            text,
    sending_mta_ip         text,
    sending_mta_inet       inet,
    receiving_mx_hostname  text,
    receiving_mx_helo      text,
    receiving_ip           text,
    receiving_inet         inet,
    failed                 bigint,
    additional_information text,
    failure_reason_code    text,
    PRIMARY KEY (domain, day, organization, report, policy, position)
) PARTITION BY RANGE (day);
CREATE TABLE failure_detail_default PARTITION OF failure_detail DEFAULT;

-- What counts as an occurrence of a failure: each failure detail, and one 'unspecified' row of the summary's total
-- for a policy that failed without saying how.
CREATE VIEW failure_occurrence AS
SELECT domain, day, organization, report, policy_type, coalesce(result_type, 'unspecified') AS result_type,
       sending_mta_ip, sending_mta_inet, receiving_mx_hostname, receiving_ip, receiving_inet, failure_reason_code,
       coalesce(failed, 0) AS failed
FROM failure_detail
UNION ALL
SELECT domain, day, organization, report, policy_type, 'unspecified', NULL, NULL, NULL, NULL, NULL, NULL, failed
FROM policy WHERE details = 0 AND failed > 0;

-- The daily tables. A unit (domain, day, organization) is locked as a whole before its cells are read.
CREATE TABLE daily_unit (
    domain       text     NOT NULL,
    day          date     NOT NULL,
    organization text     NOT NULL,
    rule         smallint NOT NULL,
    PRIMARY KEY (domain, day, organization)
) PARTITION BY RANGE (day);
CREATE TABLE daily_unit_default PARTITION OF daily_unit DEFAULT;
COMMENT ON COLUMN daily_unit.rule IS 'version of the counting rule that made the cells; a program with an older rule leaves them';

CREATE TABLE daily_sessions (
    domain            text    NOT NULL,
    day               date    NOT NULL,
    organization      text    NOT NULL,
    channel           text    NOT NULL,
    provenance        text    NOT NULL,
    organization_name text    NOT NULL,
    successful        bigint  NOT NULL,
    failed            bigint  NOT NULL,
    reports           bigint  NOT NULL,
    saturated         boolean NOT NULL,
    PRIMARY KEY (domain, day, organization, channel, provenance)
) PARTITION BY RANGE (day);
CREATE TABLE daily_sessions_default PARTITION OF daily_sessions DEFAULT;
COMMENT ON TABLE daily_sessions IS 'the session estimate: max(sts, tlsa) + the rest, within a report';

CREATE TABLE daily_policy_sessions (
    domain            text    NOT NULL,
    day               date    NOT NULL,
    organization      text    NOT NULL,
    channel           text    NOT NULL,
    provenance        text    NOT NULL,
    policy_type       text    NOT NULL,
    organization_name text    NOT NULL,
    successful        bigint  NOT NULL,
    failed            bigint  NOT NULL,
    reports           bigint  NOT NULL,
    saturated         boolean NOT NULL,
    PRIMARY KEY (domain, day, organization, channel, provenance, policy_type)
) PARTITION BY RANGE (day);
CREATE TABLE daily_policy_sessions_default PARTITION OF daily_policy_sessions DEFAULT;
COMMENT ON TABLE daily_policy_sessions IS 'sessions per policy type as reported';

CREATE TABLE daily_failures (
    domain                text    NOT NULL,
    day                   date    NOT NULL,
    organization          text    NOT NULL,
    channel               text    NOT NULL,
    provenance            text    NOT NULL,
    policy_type           text    NOT NULL,
    result_type           text    NOT NULL,
    receiving_mx_hostname text    NOT NULL,
    organization_name     text    NOT NULL,
    failed                bigint  NOT NULL,
    reports               bigint  NOT NULL,
    saturated             boolean NOT NULL,
    PRIMARY KEY (domain, day, organization, channel, provenance, policy_type, result_type, receiving_mx_hostname)
) PARTITION BY RANGE (day);
CREATE TABLE daily_failures_default PARTITION OF daily_failures DEFAULT;
COMMENT ON TABLE daily_failures IS 'occurrences in failure details; receiving_mx_hostname is empty where none was reported';

CREATE TABLE quarantine (
    id          uuid        NOT NULL PRIMARY KEY,
    reason      text        NOT NULL,
    detail      text        NOT NULL,
    receipt     uuid        NOT NULL,
    received_at timestamptz NOT NULL,
    channel     text        NOT NULL,
    source      text        NOT NULL,
    bytes       bytea       NOT NULL,
    repeats     bigint      NOT NULL DEFAULT 0
);
CREATE INDEX quarantine_received ON quarantine (received_at DESC, id);
COMMENT ON INDEX quarantine_received IS 'for GET /quarantine, newest first';
COMMENT ON COLUMN quarantine.id IS 'derived from bytes and reason, so the same junk is kept once and counted';
