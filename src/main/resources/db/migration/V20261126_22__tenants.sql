-- Who reads for one tenant reads as a role that owns nothing and sees the rows of the tenant's domains alone, whatever a
-- statement forgets to ask for. Three settings of the transaction say what that is; where they are not set, there are
-- no rows. The owner, who writes, is not bound: COPY into a table with row-level security would be refused.
--   sealpost.tenant  whose registered domains are seen
--   sealpost.own     domains of the tenant that are not registered, with a blank before and behind each; * is all such
--   sealpost.only    the only domains that are seen, likewise; empty is no limit

DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'sealpost_reader') THEN
        CREATE ROLE sealpost_reader NOLOGIN;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_auth_members m WHERE m.roleid = 'sealpost_reader'::regrole
            AND m.member = current_user::regrole AND NOT m.admin_option) THEN
        EXECUTE format('GRANT sealpost_reader TO %I', current_user);
    END IF;
EXCEPTION
    WHEN duplicate_object THEN NULL;
    WHEN insufficient_privilege THEN
        RAISE EXCEPTION 'the role sealpost_reader is missing or not granted, and % may not do that', current_user
            USING HINT = format('as a superuser: CREATE ROLE sealpost_reader NOLOGIN; GRANT sealpost_reader TO %I',
                current_user);
END $$;

CREATE VIEW registered_domain AS SELECT domain FROM watched_domain WHERE NOT removed;
COMMENT ON VIEW registered_domain IS 'names alone, of all tenants: for the rules which rows a tenant sees';

ALTER VIEW failure_detail SET (security_invoker = true);
ALTER VIEW failure_occurrence SET (security_invoker = true);
ALTER VIEW daily_policy_sessions SET (security_invoker = true);

DO $$
DECLARE
    seen text := $sql$ %1$s <> '' AND (
        EXISTS (SELECT FROM watched_domain w WHERE w.domain = %1$s AND NOT w.removed
            AND w.tenant = (SELECT current_setting('sealpost.tenant', true)))
        OR ((SELECT current_setting('sealpost.own', true)) = '*'
              OR strpos((SELECT current_setting('sealpost.own', true)), ' ' || %1$s || ' ') > 0)
            AND NOT EXISTS (SELECT FROM registered_domain r WHERE r.domain = %1$s))
      AND (coalesce((SELECT current_setting('sealpost.only', true)), ' ') = ''
        OR strpos((SELECT current_setting('sealpost.only', true)), ' ' || %1$s || ' ') > 0) $sql$;
    each text;
BEGIN
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO sealpost_reader', current_schema());
    ALTER TABLE watched_domain ENABLE ROW LEVEL SECURITY;
    CREATE POLICY tenant ON watched_domain FOR SELECT TO sealpost_reader
        USING (tenant = (SELECT current_setting('sealpost.tenant', true)));
    FOREACH each IN ARRAY ARRAY['policy', 'daily_sessions', 'daily_other_sessions', 'daily_failures', 'daily_domain'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', each);
        EXECUTE format('CREATE POLICY tenant ON %1$I FOR SELECT TO sealpost_reader USING (', each)
            || format(seen, each || '.domain') || ')';
    END LOOP;
    ALTER TABLE report ENABLE ROW LEVEL SECURITY;
    EXECUTE 'CREATE POLICY tenant ON report FOR SELECT TO sealpost_reader USING (EXISTS (SELECT FROM'
        || ' unnest(report.domains) AS d(domain) WHERE ' || format(seen, 'd.domain') || '))';
    -- The same for a domain that is not a row of its own; everything for who is not bound.
    EXECUTE 'CREATE FUNCTION seen_domain(domain text) RETURNS boolean LANGUAGE sql STABLE AS '
        || quote_literal('SELECT current_user <> ''sealpost_reader'' OR (' || format(seen, '$1') || ')');
    FOREACH each IN ARRAY ARRAY['report_raw', 'report_copy'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', each);
        EXECUTE format('CREATE POLICY tenant ON %1$I FOR SELECT TO sealpost_reader USING (EXISTS (SELECT FROM report r'
            || ' WHERE r.day = %1$I.day AND r.id = %1$I.id))', each);
    END LOOP;
END $$;

GRANT SELECT ON report, report_raw, report_copy, policy, daily_sessions, daily_other_sessions, daily_failures,
    daily_domain, watched_domain, registered_domain, failure_detail, failure_occurrence, daily_policy_sessions
    TO sealpost_reader;
-- These tell nothing of a tenant: that a report is gone on a day, and how late reporters usually are.
GRANT SELECT ON gone_report, reporter TO sealpost_reader;

ALTER TABLE access_key ADD COLUMN used_at timestamptz;
COMMENT ON COLUMN access_key.used_at IS 'when it was last used, to the hour';
COMMENT ON COLUMN access_key.tenant IS 'whose it is; * for keys that see all tenants';
