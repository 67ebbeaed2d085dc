-- Whose thing was changed, so that a tenant's administrators see what concerns them.
ALTER TABLE audit ADD COLUMN tenant text;
COMMENT ON COLUMN audit.tenant IS 'whose it is, or of who did it; null if it belongs to no tenant';
COMMENT ON TABLE audit IS 'who changed what by hand: every call of the API that changes something, and keys by command';
CREATE INDEX audit_tenant ON audit (tenant, id) WHERE tenant IS NOT NULL;
COMMENT ON INDEX audit_tenant IS 'for GET /audit of a tenant, newest first';
