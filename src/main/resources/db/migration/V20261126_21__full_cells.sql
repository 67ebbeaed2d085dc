-- The last report at the door that a full cell counts: what comes after it is kept aside and the cell need not be read.
ALTER TABLE daily_sessions
    ADD COLUMN full_at      timestamptz,
    ADD COLUMN full_receipt uuid;
COMMENT ON COLUMN daily_sessions.full_at IS 'set when a cell is derived that counts all the unverified reports it may; a cell that is made anew by another program has none';
