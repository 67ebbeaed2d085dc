package dev.sealpost.quarantine;

import java.util.Map;

import dev.sealpost.http.CallDocumentation;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Operation;

/** The query parameters that say which entries are meant. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class QuarantineDocumentation implements OASFilter {
    private static final CallDocumentation CALLS = new CallDocumentation(
            Map.of("quarantine", QuarantineFilter.OF_LIST, "replayQuarantine", QuarantineFilter.PARAMETERS));

    @Override
    public Operation filterOperation(Operation operation) {
        return CALLS.of(operation);
    }
}
