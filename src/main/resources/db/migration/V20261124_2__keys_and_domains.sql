-- Keys, watched domains, and the bookkeeping of reports about domains that nobody claimed.
-- change: a number that grows with every change of a table; changes of one table are made one after the other, so that
-- who has seen number n has seen all before it. A removed row stays, marked, so that others learn of its end.

CREATE SEQUENCE access_key_change;
CREATE TABLE access_key (
    id         uuid        NOT NULL PRIMARY KEY,
    hash       bytea       NOT NULL,
    prefix     text        NOT NULL,
    role       text        NOT NULL,
    tenant     text        NOT NULL,
    domains    text[]      NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz,
    revoked_at timestamptz,
    change     bigint      NOT NULL
);
COMMENT ON COLUMN access_key.hash IS 'SHA-256 of the key, which itself is kept nowhere';
COMMENT ON COLUMN access_key.domains IS 'the only domains it is good for; empty is all';
CREATE UNIQUE INDEX access_key_hash ON access_key (hash);
COMMENT ON INDEX access_key_hash IS 'for keys that a door could not judge';
CREATE INDEX access_key_changes ON access_key (change);
COMMENT ON INDEX access_key_changes IS 'for doors that ask what changed';

CREATE SEQUENCE watched_domain_change;
CREATE TABLE watched_domain (
    domain     text        NOT NULL PRIMARY KEY,
    tenant     text        NOT NULL,
    mx_hosts   text[]      NOT NULL,
    created_at timestamptz NOT NULL,
    removed    boolean     NOT NULL DEFAULT false,
    change     bigint      NOT NULL,
    replay_due timestamptz
);
COMMENT ON TABLE watched_domain IS 'registered over the API; those of sealpost.watch.domains are watched beside them';
COMMENT ON COLUMN watched_domain.replay_due IS 'claimed then, and what the cap left on the topic is still to be read';
CREATE INDEX watched_domain_changes ON watched_domain (change);
COMMENT ON INDEX watched_domain_changes IS 'for processes that ask what changed';
CREATE INDEX watched_domain_replay ON watched_domain (replay_due) WHERE replay_due IS NOT NULL;
COMMENT ON INDEX watched_domain_replay IS 'for the replay after a claim';

-- Stored reports of unclaimed domains, by UTC day of the door and prefix of the source; prefix '' is the day's total.
CREATE TABLE unclaimed_count (
    day    date    NOT NULL,
    prefix text    NOT NULL,
    stored bigint  NOT NULL,
    over   boolean NOT NULL DEFAULT false,
    PRIMARY KEY (day, prefix)
);
COMMENT ON COLUMN unclaimed_count.over IS 'of the total: reports of this day were left on the topic';

-- Reports that were unclaimed when they were stored. Whether they still are is asked when their time is up.
CREATE TABLE unclaimed_report (
    day         date        NOT NULL,
    id          uuid        NOT NULL,
    received_at timestamptz NOT NULL,
    PRIMARY KEY (day, id)
);
CREATE INDEX unclaimed_report_received ON unclaimed_report (received_at);
COMMENT ON INDEX unclaimed_report_received IS 'for the retention of unclaimed reports, oldest first';
