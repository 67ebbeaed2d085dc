-- What operators do to reports, which reader read them, and how far a rebuild is.

CREATE TABLE audit (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at      timestamptz NOT NULL,
    who     text        NOT NULL,
    what    text        NOT NULL,
    subject text        NOT NULL
);
COMMENT ON TABLE audit IS 'who changed what by hand; written in the transaction that did it';
COMMENT ON COLUMN audit.subject IS 'what it was done to, such as a report''s id';

ALTER TABLE report ADD COLUMN reader smallint;
COMMENT ON COLUMN report.reader IS 'version of the reader that made policies and flags of the original; null is older than versions';

CREATE TABLE rebuild (
    scope      text        NOT NULL PRIMARY KEY,
    domain     text        NOT NULL,
    day        date        NOT NULL,
    days       bigint      NOT NULL,
    started_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
);
COMMENT ON TABLE rebuild IS 'rebuilds that are under way or were stopped; one of the same scope goes on after this domain and day';
COMMENT ON COLUMN rebuild.days IS 'days of domains done so far';
