package dev.sealpost.intake.mailbox;

import java.util.List;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;

import dev.sealpost.access.Role;
import dev.sealpost.http.Parameters;
import dev.sealpost.store.MailboxRow;
import dev.sealpost.store.Mailboxes;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** {@code /api/v1/mailboxes}: how each mailbox is doing, whichever process reads it. */
@Path("/api/v1/mailboxes")
public class MailboxesResource {
    private final Mailboxes mailboxes;

    MailboxesResource(Mailboxes mailboxes) {
        this.mailboxes = mailboxes;
    }

    /** All of them. */
    @Schema(name = "Mailboxes")
    public record Answer(List<MailboxRow> items) {}

    /** Lists them. */
    @GET
    @RolesAllowed(Role.VIEWER_OF_ALL)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "mailboxes", summary = "Mailboxes: last poll and success, backlog, rate, what is wrong")
    public Answer mailboxes(@Context UriInfo request) {
        Parameters.of(request, List.of());
        return new Answer(mailboxes.all());
    }
}
