-- Imports of files. What became of the reports of one is counted from the reports themselves: each carries the import
-- in its source, so that nothing has to be added up twice or kept in step.

CREATE TABLE import (
    id             uuid        NOT NULL PRIMARY KEY,
    source         text        NOT NULL,
    tenant         text,
    state          text        NOT NULL CHECK (state IN ('running', 'done', 'failed')),
    detail         text        NOT NULL,
    started_at     timestamptz NOT NULL,
    finished_at    timestamptz,
    total          bigint      NOT NULL,
    bytes          bigint      NOT NULL,
    read           bigint      NOT NULL,
    accepted       bigint      NOT NULL,
    without_report bigint      NOT NULL,
    refused        text[]      NOT NULL,
    refusals       bigint[]    NOT NULL,
    skipped        text[]      NOT NULL,
    skips          bigint[]    NOT NULL
);
CREATE INDEX import_started ON import (started_at DESC, id DESC);
COMMENT ON INDEX import_started IS 'for GET /imports, newest first';
COMMENT ON COLUMN import.source IS 'as in the origin of its reports: who imported, and the id';
COMMENT ON COLUMN import.total IS 'bytes of the file; -1 while nobody knows';
COMMENT ON COLUMN import.refused IS 'reasons of the door, and in refusals how often each';
COMMENT ON COLUMN import.skipped IS 'why something never came to the door, and in skips how often';

CREATE INDEX report_upload ON report (source) WHERE channel = 'upload';
COMMENT ON INDEX report_upload IS 'for the reports that one import stored';
CREATE INDEX report_copy_upload ON report_copy (source) WHERE channel = 'upload';
COMMENT ON INDEX report_copy_upload IS 'for the duplicates that one import brought';
