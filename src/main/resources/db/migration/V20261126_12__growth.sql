-- What is left of reports that are no longer stored, as long as their cells are.

CREATE TABLE sealed_sessions (LIKE daily_sessions INCLUDING DEFAULTS INCLUDING INDEXES) PARTITION BY RANGE (day);
CREATE TABLE sealed_sessions_default PARTITION OF sealed_sessions DEFAULT;
CREATE TABLE sealed_other_sessions (LIKE daily_other_sessions INCLUDING DEFAULTS INCLUDING INDEXES)
    PARTITION BY RANGE (day);
CREATE TABLE sealed_other_sessions_default PARTITION OF sealed_other_sessions DEFAULT;
CREATE TABLE sealed_failures (LIKE daily_failures INCLUDING DEFAULTS INCLUDING INDEXES) PARTITION BY RANGE (day);
CREATE TABLE sealed_failures_default PARTITION OF sealed_failures DEFAULT;
COMMENT ON TABLE sealed_sessions IS 'the part of daily_sessions whose reports are no longer stored';
COMMENT ON TABLE sealed_other_sessions IS 'the part of daily_other_sessions whose reports are no longer stored';
COMMENT ON TABLE sealed_failures IS 'the part of daily_failures whose reports are no longer stored';

CREATE INDEX report_received ON report USING brin (received_at) WITH (pages_per_range = 32, autosummarize = on);
COMMENT ON INDEX report_received IS 'for the retention: what is old, and what came late, in a month of millions';

CREATE INDEX policy_counting ON policy (domain, day, organization) WHERE NOT aside;
COMMENT ON INDEX policy_counting IS 'for cells that are full: what is kept aside, a million reports perhaps, is not read with every batch';
