CREATE INDEX mx_owner_domain ON mx_owner (domain);
COMMENT ON INDEX mx_owner_domain IS 'for how many hosts were learned of a domain';
