package dev.sealpost.intake.mailbox;

import java.util.Comparator;
import java.util.List;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

import dev.sealpost.access.Role;
import dev.sealpost.http.Listing;
import dev.sealpost.http.Parameter;
import dev.sealpost.http.Parameters;
import dev.sealpost.store.MailboxRow;
import dev.sealpost.store.Mailboxes;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** {@code /api/v1/mailboxes}: how each mailbox is doing, whichever process reads it. */
@Path("/api/v1/mailboxes")
public class MailboxesResource {
    /** What {@link #mailboxes} takes. */
    public static final List<Parameter> PARAMETERS = Listing.PARAMETERS;

    private static final Listing.Kind<MailboxRow> LIST =
            new Listing.Kind<>("mailboxes", MailboxRow.class, row -> List.of(row.name()), 1);

    private final Mailboxes mailboxes;
    private final Listing listing;

    MailboxesResource(Mailboxes mailboxes, Listing listing) {
        this.mailboxes = mailboxes;
        this.listing = listing;
    }

    /** A page of mailboxes; only the schema of the document needs it. */
    @Schema(name = "MailboxPage")
    private record MailboxPage(List<MailboxRow> items, String next) {}

    /** Lists them. */
    @GET
    @RolesAllowed(Role.VIEWER_OF_ALL)
    @Produces({MediaType.APPLICATION_JSON, "text/csv", "application/x-ndjson"})
    @Operation(operationId = "mailboxes", summary = "Mailboxes: last poll and success, backlog, rate, what is wrong")
    @APIResponse(
            responseCode = "200",
            description = "By name",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = MailboxPage.class)))
    public Response mailboxes(@Context UriInfo request, @Context HttpHeaders headers) {
        return listing.answer(
                Parameters.of(request, PARAMETERS),
                headers,
                LIST,
                (after, limit) -> mailboxes.all().stream()
                        .sorted(Comparator.comparing(MailboxRow::name))
                        .filter(row -> after.isEmpty()
                                || row.name().compareTo(after.get().getFirst()) > 0)
                        .limit(limit)
                        .toList());
    }
}
