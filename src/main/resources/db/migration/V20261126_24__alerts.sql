-- Days of domains that wait to be judged, and what came of it.

CREATE TABLE alert_touched (
    domain text        NOT NULL,
    day    date        NOT NULL,
    due    timestamptz NOT NULL,
    round  bigint      NOT NULL DEFAULT 0,
    PRIMARY KEY (domain, day)
);
COMMENT ON TABLE alert_touched IS 'days of domains whose cells changed, written with the cells';
COMMENT ON COLUMN alert_touched.due IS 'judged then: reports mostly come together';
COMMENT ON COLUMN alert_touched.round IS 'the round that judges it now; 0 if none does, or something came meanwhile';
CREATE INDEX alert_touched_due ON alert_touched (due);
COMMENT ON INDEX alert_touched_due IS 'for the next round, what waits longest first';

CREATE TABLE alert_lease (
    name        text        NOT NULL PRIMARY KEY,
    lease_owner uuid,
    lease_until timestamptz,
    round       bigint      NOT NULL DEFAULT 0
);
COMMENT ON COLUMN alert_lease.lease_until IS 'on the clock of this database: until then nobody else judges';

CREATE TABLE alert (
    id            uuid        NOT NULL PRIMARY KEY,
    key           text        NOT NULL,
    place         text,
    reporter      boolean     NOT NULL,
    family        text        NOT NULL,
    hostile       boolean     NOT NULL,
    verified      boolean     NOT NULL,
    kind          text        NOT NULL,
    severity      text        NOT NULL,
    state         text        NOT NULL,
    rule          uuid,
    tenant        text,
    opened_day    date        NOT NULL,
    last_day      date        NOT NULL,
    opened_at     timestamptz NOT NULL,
    updated_at    timestamptz NOT NULL,
    resolved_at   timestamptz,
    closed_day    date,
    joined_at     timestamptz NOT NULL,
    revision      bigint      NOT NULL
);
COMMENT ON COLUMN alert.id IS 'of its key and its first day, so it is the same whoever finds it and however often';
COMMENT ON COLUMN alert.key IS 'what belongs to it: family at a domain or at a reporter, or a rule at a domain';
COMMENT ON COLUMN alert.place IS 'the policy domain or the reporter; null for what is about Sealpost itself';
COMMENT ON COLUMN alert.rule IS 'the rule that made it; null for what the detector found';
COMMENT ON COLUMN alert.tenant IS 'of a rule that is for one tenant alone';
COMMENT ON COLUMN alert.closed_day IS 'a person closed it: what is found up to this day does not open it again';
COMMENT ON COLUMN alert.joined_at IS 'when others were last told that somebody joined';
COMMENT ON COLUMN alert.revision IS 'changes so far';
CREATE INDEX alert_key ON alert (key, last_day);
COMMENT ON INDEX alert_key IS 'for the alert that a finding belongs to';
CREATE INDEX alert_opened ON alert (opened_at DESC, id DESC);
COMMENT ON INDEX alert_opened IS 'for GET /alerts, newest first';
CREATE INDEX alert_open ON alert (last_day) WHERE state IN ('open', 'acknowledged');
COMMENT ON INDEX alert_open IS 'for those that end, and the count of open ones';

-- A series (domain, reporter, result type) of an alert. organization is the reporter as compared, as in cells; empty for
-- rules that are about no reporter; so is result_type.
CREATE TABLE alert_series (
    domain            text             NOT NULL,
    organization      text             NOT NULL,
    result_type       text             NOT NULL,
    hostile           boolean          NOT NULL,
    verified          boolean          NOT NULL,
    alert             uuid             NOT NULL REFERENCES alert ON DELETE CASCADE,
    organization_name text             NOT NULL,
    first_day         date             NOT NULL,
    last_day          date             NOT NULL,
    rate              double precision NOT NULL,
    live              boolean          NOT NULL,
    kind              text             NOT NULL,
    severity          text             NOT NULL,
    evidence          json             NOT NULL,
    PRIMARY KEY (domain, organization, result_type, hostile, verified, alert)
);
COMMENT ON COLUMN alert_series.live IS 'false: what came later explains it';
COMMENT ON COLUMN alert_series.rate IS 'failures a session: the highest that was told';
CREATE INDEX alert_series_alert ON alert_series (alert, domain);
COMMENT ON INDEX alert_series_alert IS 'for what an alert is about';

CREATE TABLE alert_cause (
    key text NOT NULL,
    day date NOT NULL,
    PRIMARY KEY (key, day)
);
COMMENT ON TABLE alert_cause IS 'days of faults that explain what looks like an attack for some days after';

CREATE TABLE alert_event (
    alert  uuid        NOT NULL REFERENCES alert ON DELETE CASCADE,
    number bigint      NOT NULL,
    at     timestamptz NOT NULL,
    kind   text        NOT NULL,
    who    text,
    detail text        NOT NULL,
    PRIMARY KEY (alert, number)
);
COMMENT ON COLUMN alert_event.detail IS 'names no domain: others may read it too';

CREATE TABLE alert_rule (
    id         uuid        NOT NULL PRIMARY KEY,
    tenant     text,
    created_at timestamptz NOT NULL,
    definition json        NOT NULL
);
COMMENT ON COLUMN alert_rule.tenant IS 'whose domains it is for; null is all';

CREATE TABLE alert_silence (
    id         uuid        NOT NULL PRIMARY KEY,
    tenant     text,
    created_at timestamptz NOT NULL,
    until      timestamptz NOT NULL,
    definition json        NOT NULL
);
COMMENT ON COLUMN alert_silence.tenant IS 'whose channels are silent; null is everybody''s';

ALTER TABLE alert_series ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON alert_series FOR SELECT TO sealpost_reader USING (seen_domain(alert_series.domain));
ALTER TABLE alert ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON alert FOR SELECT TO sealpost_reader
    USING ((tenant IS NULL OR tenant = (SELECT current_setting('sealpost.tenant', true)))
        AND EXISTS (SELECT FROM alert_series s WHERE s.alert = alert.id));
ALTER TABLE alert_event ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON alert_event FOR SELECT TO sealpost_reader
    USING (EXISTS (SELECT FROM alert a WHERE a.id = alert_event.alert));
ALTER TABLE alert_rule ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON alert_rule FOR SELECT TO sealpost_reader
    USING (tenant = (SELECT current_setting('sealpost.tenant', true)));
ALTER TABLE alert_silence ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON alert_silence FOR SELECT TO sealpost_reader
    USING (tenant = (SELECT current_setting('sealpost.tenant', true)));
GRANT SELECT ON alert, alert_series, alert_event, alert_rule, alert_silence TO sealpost_reader;
