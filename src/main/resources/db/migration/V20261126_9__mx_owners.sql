-- Which watched domains an MX host receives mail for, so that a tlsa policy, whose domain is the host (RFC 8460, section
-- 1.1), counts for the domain.
CREATE TABLE mx_owner (
    host    text    NOT NULL,
    domain  text    NOT NULL,
    PRIMARY KEY (host, domain)
);
COMMENT ON TABLE mx_owner IS 'learned: the host stands as an exact name in a verified report of the domain';
CREATE INDEX watched_domain_mx ON watched_domain USING gin (mx_hosts) WHERE NOT removed;
COMMENT ON INDEX watched_domain_mx IS 'for the owners of a host that were configured';

-- Hosts whose owners changed: their policies are to be attributed again.
CREATE TABLE mx_owner_due (
    host text        NOT NULL PRIMARY KEY,
    due  timestamptz NOT NULL DEFAULT now(),
    done date        NOT NULL DEFAULT '-infinity'
);
COMMENT ON COLUMN mx_owner_due.due IS 'of the last change';
COMMENT ON COLUMN mx_owner_due.done IS 'the policies of days until this one are attributed by it';
CREATE INDEX policy_tlsa_host ON policy (policy_domain, day) WHERE policy_type = 'tlsa' AND policy_domain <> domain;
COMMENT ON INDEX policy_tlsa_host IS 'for the policies that were attributed to an owner of their host';
