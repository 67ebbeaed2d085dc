package dev.sealpost.intake.upload;

import java.util.Map;

import dev.sealpost.http.CallDocumentation;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Operation;

/** The query parameters of the list of imports. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class ImportsDocumentation implements OASFilter {
    private static final CallDocumentation CALLS =
            new CallDocumentation(Map.of("imports", ImportStatesResource.PARAMETERS));

    @Override
    public Operation filterOperation(Operation operation) {
        return CALLS.of(operation);
    }
}
