-- Callers that are bound to a tenant see its imports, and of the quarantine what is theirs: what their imports and their
-- doors brought, and reports all of whose domains they see. As for reports, the database itself shows them no other rows.
--   sealpost.caller  the name of who asks; a caller of some domains alone sees no imports but its own

ALTER TABLE import ADD COLUMN caller text;
COMMENT ON COLUMN import.caller IS 'the name of who made it; null where nobody noted it';
COMMENT ON COLUMN import.tenant IS 'of who made it; null if that is bound to none';
CREATE INDEX import_source ON import (source);
COMMENT ON INDEX import_source IS 'for whose an entry of the quarantine is';

ALTER TABLE quarantine ADD COLUMN domains text[] NOT NULL DEFAULT '{}';
COMMENT ON COLUMN quarantine.domains IS
    'the domains of all policies of a report that could be read, an empty text for one that nobody knows; empty for all else';

-- What is not set is null, and shows nothing.
ALTER TABLE import ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON import FOR SELECT TO sealpost_reader USING (
    tenant = (SELECT current_setting('sealpost.tenant', true))
    AND ((SELECT current_setting('sealpost.only', true)) = ''
        OR caller = (SELECT current_setting('sealpost.caller', true))));
ALTER TABLE quarantine ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON quarantine FOR SELECT TO sealpost_reader USING (
    (channel = 'upload' AND EXISTS (SELECT FROM import i WHERE i.source = quarantine.source))
    OR (channel <> 'upload' AND tenant = (SELECT current_setting('sealpost.tenant', true))
        AND (SELECT current_setting('sealpost.only', true)) = '')
    OR (cardinality(domains) > 0
        AND NOT EXISTS (SELECT FROM unnest(domains) AS d(domain) WHERE seen_domain(d.domain) IS NOT TRUE)));
GRANT SELECT ON import, quarantine TO sealpost_reader;
