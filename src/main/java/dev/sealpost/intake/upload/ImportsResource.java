package dev.sealpost.intake.upload;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

import dev.sealpost.access.Role;
import dev.sealpost.http.Page;
import dev.sealpost.http.Parameter;
import dev.sealpost.http.Parameters;
import dev.sealpost.http.Place;
import dev.sealpost.http.Problem;
import dev.sealpost.store.ImportRow;
import dev.sealpost.store.Imports;
import io.quarkus.security.identity.SecurityIdentity;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;

/** {@code /api/v1/imports}: files brought by hand, and how far their import is. */
@Path(ImportsResource.PATH)
public class ImportsResource {
    static final String PATH = "/api/v1/imports";

    /** What {@link #imports} takes. */
    public static final List<Parameter> PARAMETERS = List.of(Parameter.LIMIT, Parameter.CURSOR);

    private static final String RETRY_SECONDS = "30";

    private final SecurityIdentity caller;
    private final Importer importer;
    private final ImportQueue queue;
    private final UploadedFiles files;
    private final Imports imports;

    ImportsResource(
            SecurityIdentity caller, Importer importer, ImportQueue queue, UploadedFiles files, Imports imports) {
        this.caller = caller;
        this.importer = importer;
        this.queue = queue;
        this.files = files;
        this.imports = imports;
    }

    /** A page of imports; only the schema of the document needs it. */
    @Schema(name = "ImportPage")
    private record ImportPage(List<ImportItem> items, String next) {}

    /** Takes a file as the body. */
    @POST
    @RolesAllowed(Role.OPERATOR_OF_ALL)
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "import",
            summary = "Import a file: JSON, gzip, zip, mail, mbox, tar, parsedmarc's smtp_tls JSON, in each other too")
    @RequestBody(content = @Content(mediaType = "application/octet-stream"))
    @APIResponse(responseCode = "202", description = "Taken; Location says where its state is")
    @APIResponse(responseCode = "413", description = "Over sealpost.imports.max-bytes")
    @APIResponse(responseCode = "503", description = "Too many imports wait already; Retry-After says when to ask")
    public Response importBody(@Context UriInfo request, InputStream body) throws IOException {
        return take(request, row -> files.keep(row.id(), body));
    }

    /** Takes files as the parts of a form. */
    @POST
    @RolesAllowed(Role.OPERATOR_OF_ALL)
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "importForm", summary = "Import the files of a form")
    @APIResponse(responseCode = "202", description = "Taken; Location says where its state is")
    public Response importForm(@Context UriInfo request, @RestForm(FileUpload.ALL) List<FileUpload> parts)
            throws IOException {
        if (parts.isEmpty()) {
            // A body of no type comes here too, and would be read as a form that has nothing in it.
            throw Problem.of(400, "empty", "there is no file in this form; a file as the body needs a Content-Type")
                    .exception();
        }
        return take(request, row -> {
            long total = 0;
            int number = 0;
            for (FileUpload part : parts) {
                total += Files.size(part.uploadedFile());
                files.keep(
                        row.id(),
                        number++,
                        part.uploadedFile(),
                        Optional.ofNullable(part.fileName()).orElse(""));
            }
            return total;
        });
    }

    /** Puts the bytes of a request into files, and says how many there are. */
    private interface Keeping {
        long keep(ImportRow row) throws IOException;
    }

    private Response take(UriInfo request, Keeping keeping) throws IOException {
        Parameters.of(request, List.of());
        if (!queue.enter()) {
            return Problem.of(503, "unavailable", "too many imports wait already")
                    .toResponse()
                    .header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)
                    .build();
        }
        ImportRow unsized = importer.create(caller.getPrincipal().getName(), null, -1);
        boolean started = false;
        try {
            ImportRow row = unsized.withTotal(keeping.keep(unsized));
            imports.save(row);
            queue.start(row);
            started = true;
            return Response.accepted(ImportItem.of(row, null))
                    .location(URI.create(PATH + "/" + row.id()))
                    .build();
        } finally {
            if (!started) {
                queue.leave();
                files.remove(unsized.id());
            }
        }
    }

    /** Lists imports. */
    @GET
    @RolesAllowed(Role.VIEWER_OF_ALL)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "imports", summary = "Imports, by REST and by command line")
    @APIResponse(
            responseCode = "200",
            description = "Newest first",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = ImportPage.class)))
    public Response imports(@Context UriInfo request) {
        Parameters parameters = Parameters.of(request, PARAMETERS);
        int more = parameters.limit() + 1;
        List<ImportRow> rows = Place.read(parameters)
                .map(place -> imports.before(place.received(), place.id(), more))
                .orElseGet(() -> imports.newest(more));
        List<ImportItem> items =
                rows.stream().map(row -> ImportItem.of(row, null)).toList();
        return Response.ok(Page.of(items, parameters, item -> new Place(item.started(), item.id()).position()))
                .build();
    }

    /** One import. */
    @GET
    @Path("{id}")
    @RolesAllowed(Role.VIEWER_OF_ALL)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "importState", summary = "How far an import is, and what became of its reports")
    @APIResponse(
            responseCode = "200",
            description = "The import",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = ImportItem.class)))
    @APIResponse(responseCode = "404", description = "No such import")
    public Response importState(@Context UriInfo request, @PathParam("id") String id) {
        Parameters.of(request, List.of());
        ImportRow row = Place.id(id)
                .flatMap(imports::find)
                .orElseThrow(() ->
                        Problem.of(404, "not-found", "there is no such import").exception());
        return Response.ok(ImportItem.of(row, imports.outcome(row.source()))).build();
    }
}
