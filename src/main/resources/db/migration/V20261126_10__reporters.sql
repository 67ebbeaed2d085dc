-- How long each reporter usually takes, so that a day whose usual reporters have reported is known to be complete.
CREATE TABLE reporter (
    organization      text        NOT NULL PRIMARY KEY,
    usual_delay_hours smallint    NOT NULL,
    reports           bigint      NOT NULL,
    learned_at        timestamptz NOT NULL
);
COMMENT ON TABLE reporter IS 'learned every hour from the reports of two weeks, or a sample of them';
COMMENT ON COLUMN reporter.usual_delay_hours IS 'from the end of the UTC day until 95 % of its reports are in, 1 to 48';
