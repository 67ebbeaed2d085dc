package dev.sealpost.intake.upload;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

import dev.sealpost.access.Caller;
import dev.sealpost.access.Role;
import dev.sealpost.http.Parameters;
import dev.sealpost.http.Problem;
import dev.sealpost.store.ImportRow;
import dev.sealpost.store.Imports;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;

/** {@code POST /api/v1/imports}: files brought by hand. */
@Path(ImportsResource.PATH)
public class ImportsResource {
    static final String PATH = "/api/v1/imports";

    private static final String RETRY_SECONDS = "30";

    private final Caller caller;
    private final Importer importer;
    private final ImportQueue queue;
    private final UploadedFiles files;
    private final Imports imports;

    ImportsResource(Caller caller, Importer importer, ImportQueue queue, UploadedFiles files, Imports imports) {
        this.caller = caller;
        this.importer = importer;
        this.queue = queue;
        this.files = files;
        this.imports = imports;
    }

    /** Takes a file as the body. */
    @POST
    @RolesAllowed(Role.OPERATOR)
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
    @RolesAllowed(Role.OPERATOR)
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
        String tenant = caller.binding().map(Caller.Binding::tenant).orElse(null);
        if (!queue.enter(tenant)) {
            return Problem.of(503, "unavailable", "too many imports wait already")
                    .toResponse()
                    .header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)
                    .build();
        }
        ImportRow unsized = importer.create(caller.name(), tenant, -1);
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
                queue.leave(tenant);
                files.remove(unsized.id());
            }
        }
    }
}
