package dev.sealpost.notify;

import java.util.Map;

import dev.sealpost.http.CallDocumentation;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Operation;

/** The query parameters of the calls about channels. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class NotifyDocumentation implements OASFilter {
    private static final CallDocumentation CALLS =
            new CallDocumentation(Map.of("channels", ChannelsResource.PARAMETERS));

    @Override
    public Operation filterOperation(Operation operation) {
        return CALLS.of(operation);
    }
}
