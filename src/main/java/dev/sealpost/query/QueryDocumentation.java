package dev.sealpost.query;

import java.util.Map;

import dev.sealpost.access.AuditResource;
import dev.sealpost.access.KeysResource;
import dev.sealpost.access.TenantsResource;
import dev.sealpost.http.CallDocumentation;
import dev.sealpost.watch.DomainsResource;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Operation;

/** The query parameters of the questions, and of the calls of packages below. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class QueryDocumentation implements OASFilter {
    private static final CallDocumentation CALLS = new CallDocumentation(Map.of(
            "audit", AuditResource.PARAMETERS,
            "failures", FailuresResource.PARAMETERS,
            "sessions", SessionsResource.PARAMETERS,
            "reports", ReportsResource.PARAMETERS,
            "summary", SummaryResource.PARAMETERS,
            "organizations", OrganizationsResource.PARAMETERS,
            "domains", DomainsResource.PARAMETERS,
            "keys", KeysResource.PARAMETERS,
            "tenants", TenantsResource.PARAMETERS));

    @Override
    public Operation filterOperation(Operation operation) {
        return CALLS.of(operation);
    }
}
