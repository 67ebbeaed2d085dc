package dev.sealpost.intake.mailbox;

import java.util.Map;

import dev.sealpost.http.CallDocumentation;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Operation;

/** The query parameters of the list of mailboxes. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class MailboxesDocumentation implements OASFilter {
    private static final CallDocumentation CALLS =
            new CallDocumentation(Map.of("mailboxes", MailboxesResource.PARAMETERS));

    @Override
    public Operation filterOperation(Operation operation) {
        return CALLS.of(operation);
    }
}
