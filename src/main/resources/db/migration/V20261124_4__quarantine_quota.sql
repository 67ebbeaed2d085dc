-- The quarantine keeps the whole origin, so that a replay goes through the door as the bytes did the first time, and it
-- is charged to where its entries come from, so that nobody can fill it for the others.

ALTER TABLE quarantine
    ADD COLUMN first_receipt     uuid,
    ADD COLUMN first_received_at timestamptz,
    ADD COLUMN provenance        text     NOT NULL DEFAULT 'unverified',
    ADD COLUMN rank              smallint NOT NULL DEFAULT 3,
    ADD COLUMN tenant            text,
    ADD COLUMN prefix            text     NOT NULL DEFAULT 'unknown',
    ADD COLUMN replay            uuid,
    ADD COLUMN size              bigint   NOT NULL GENERATED ALWAYS AS (octet_length(bytes)) STORED;
UPDATE quarantine SET
    first_receipt = receipt,
    first_received_at = received_at,
    prefix = CASE WHEN channel = 'https' AND source ~ '^\d+\.\d+\.\d+\.\d+$' THEN regexp_replace(source, '\d+$', '0/24')
                  ELSE channel || ':' || left(source, 200) END;
COMMENT ON COLUMN quarantine.first_receipt IS
    'with first_received_at, channel, source, provenance and tenant the origin of the best and earliest arrival';
COMMENT ON COLUMN quarantine.receipt IS 'with received_at of the last arrival';
COMMENT ON COLUMN quarantine.prefix IS 'who is charged: the network of a peer, a mailbox, an uploader';
COMMENT ON COLUMN quarantine.replay IS 'set by a replay under way; a further arrival clears it';

CREATE INDEX quarantine_oldest ON quarantine (prefix, received_at, id) INCLUDE (size);
COMMENT ON INDEX quarantine_oldest IS 'for the eviction of the oldest entries of one prefix';

-- Kept by triggers in the transaction of each change, so a quota never reads the quarantine itself.
CREATE TABLE quarantine_total (
    prefix  text   NOT NULL PRIMARY KEY,
    reports bigint NOT NULL,
    bytes   bigint NOT NULL
);
CREATE INDEX quarantine_total_bytes ON quarantine_total (bytes DESC);
COMMENT ON INDEX quarantine_total_bytes IS 'who holds most bytes';
CREATE INDEX quarantine_total_reports ON quarantine_total (reports DESC);
COMMENT ON INDEX quarantine_total_reports IS 'who holds most entries';
COMMENT ON COLUMN quarantine_total.prefix IS 'empty for the whole quarantine';

-- In the order of prefixes, so that two writers wait for each other and never both.
CREATE FUNCTION quarantine_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO quarantine_total AS t (prefix, reports, bytes)
    SELECT coalesce(prefix, ''), count(*), sum(size) FROM changed GROUP BY ROLLUP (prefix) HAVING count(*) > 0 ORDER BY 1
    ON CONFLICT (prefix) DO UPDATE SET reports = t.reports + excluded.reports, bytes = t.bytes + excluded.bytes;
    RETURN NULL;
END $$;

CREATE FUNCTION quarantine_removed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO quarantine_total AS t (prefix, reports, bytes)
    SELECT coalesce(prefix, ''), -count(*), -sum(size) FROM changed GROUP BY ROLLUP (prefix) HAVING count(*) > 0 ORDER BY 1
    ON CONFLICT (prefix) DO UPDATE SET reports = t.reports + excluded.reports, bytes = t.bytes + excluded.bytes;
    DELETE FROM quarantine_total WHERE prefix IN (SELECT prefix FROM changed) AND reports = 0;
    RETURN NULL;
END $$;

CREATE FUNCTION quarantine_emptied() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM quarantine_total;
    RETURN NULL;
END $$;

CREATE TRIGGER quarantine_added AFTER INSERT ON quarantine REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION quarantine_added();
CREATE TRIGGER quarantine_removed AFTER DELETE ON quarantine REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION quarantine_removed();
CREATE TRIGGER quarantine_emptied AFTER TRUNCATE ON quarantine
    FOR EACH STATEMENT EXECUTE FUNCTION quarantine_emptied();

INSERT INTO quarantine_total
SELECT coalesce(prefix, ''), count(*), sum(size) FROM quarantine GROUP BY ROLLUP (prefix) HAVING count(*) > 0;
