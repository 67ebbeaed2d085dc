CREATE INDEX watched_domain_tenant ON watched_domain (tenant, domain) WHERE NOT removed;
COMMENT ON INDEX watched_domain_tenant IS 'for questions of a tenant: the names of its domains';
