-- What failed on a domain's day over all its cells, so that the domains with most failures are found without reading cells.
ALTER TABLE daily_domain ADD COLUMN occurrences numeric NOT NULL DEFAULT 0, ADD COLUMN failing bigint NOT NULL DEFAULT 0;
COMMENT ON COLUMN daily_domain.occurrences IS 'sessions in failure details';
COMMENT ON COLUMN daily_domain.failing IS 'reports that have any failure';
UPDATE daily_domain d SET occurrences = s.occurrences, failing = s.failing
FROM (SELECT domain, day, sum(failed) AS occurrences, sum(of_all) AS failing FROM daily_failures GROUP BY 1, 2) s
WHERE d.domain = s.domain AND d.day = s.day;
-- A program that does not know these columns leaves the cells to one that does.
UPDATE daily_domain SET rule = 3 WHERE rule = 2 AND NOT due;
COMMENT ON COLUMN rollup_sessions.bucket IS 'that of the connection that wrote the difference: writers seldom meet';
