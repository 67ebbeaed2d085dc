package dev.sealpost.alert;

import java.util.Map;

import dev.sealpost.http.CallDocumentation;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Operation;

/** The query parameters that say which alerts are meant. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class AlertDocumentation implements OASFilter {
    private static final CallDocumentation CALLS = new CallDocumentation(Map.of("alerts", AlertsResource.PARAMETERS));

    @Override
    public Operation filterOperation(Operation operation) {
        return CALLS.of(operation);
    }
}
