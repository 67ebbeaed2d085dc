package dev.sealpost.http;

import java.util.Map;
import java.util.TreeMap;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/** What all calls of the API have in common: the key, errors, how answers are kept, and what ids in a path are. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class ApiDocumentation implements OASFilter {
    private static final String API = "/api/v1/";
    private static final String KEY = "key";

    private static final Map<String, String> ERRORS = new TreeMap<>(Map.of(
            "400", "A parameter is unknown or wrong; the problem names it and what is allowed",
            "401", "No key, or a wrong one",
            "403", "The key's role may not do that",
            "404", "This process does not have the role api",
            "406", "There is no answer of a media type that the caller accepts",
            "503", "The database gave no answer in time; Retry-After says when to try again"));

    private static final Map<String, String> IN_PATHS = Map.of(
            "id", "The id, as the list of these things has it",
            "domain", "A domain, as A-label or U-label",
            "key", "A key of the role intake");

    /** By the first part of a path, under the API. */
    private static final Map<String, String> TAGS = Map.ofEntries(
            Map.entry("failures", "Numbers"),
            Map.entry("sessions", "Numbers"),
            Map.entry("summary", "Numbers"),
            Map.entry("organizations", "Numbers"),
            Map.entry("domains", "Domains"),
            Map.entry("reports", "Reports"),
            Map.entry("imports", "Reports"),
            Map.entry("quarantine", "Quarantine"),
            Map.entry("alerts", "Alerts"),
            Map.entry("alert-rules", "Alerts"),
            Map.entry("silences", "Alerts"),
            Map.entry("mailboxes", "Mailboxes"),
            Map.entry("channels", "Channels"));

    @Override
    public void filterOpenAPI(OpenAPI document) {
        if (document.getComponents() == null) {
            document.setComponents(OASFactory.createComponents());
        }
        document.getComponents()
                .addSecurityScheme(
                        KEY,
                        OASFactory.createSecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("bearer")
                                .description("An API key: Authorization: Bearer <key>"));
        document.addSecurityRequirement(OASFactory.createSecurityRequirement().addScheme(KEY));
        Vocabulary.complete(document.getComponents());
        document.getPaths()
                .getPathItems()
                .forEach((path, item) ->
                        item.getOperations().forEach((method, operation) -> complete(path, method, operation)));
    }

    private static void complete(String path, PathItem.HttpMethod method, Operation operation) {
        if (operation.getParameters() != null) {
            operation.getParameters().stream()
                    .filter(parameter -> parameter.getIn() == Parameter.In.PATH && parameter.getDescription() == null)
                    .forEach(parameter -> parameter.setDescription(IN_PATHS.get(parameter.getName())));
        }
        if (path.startsWith(API)) {
            String part = path.substring(API.length()).split("/", 2)[0];
            operation.addTag(TAGS.getOrDefault(part, "Access"));
            ERRORS.forEach((status, description) -> error(operation, status, description));
            if (operation.getRequestBody() != null) {
                error(operation, "415", "Bodies of this media type are not read");
            }
            if (method == PathItem.HttpMethod.GET) {
                operation
                        .getResponses()
                        .addAPIResponse(
                                "304",
                                OASFactory.createAPIResponse()
                                        .description(
                                                "The caller has this answer already: If-None-Match named its ETag"));
            }
        }
        operation.getResponses().getAPIResponses().forEach((status, response) -> {
            if (status.startsWith("4") || status.startsWith("5")) {
                response.setContent(OASFactory.createContent()
                        .addMediaType(
                                Problem.MEDIA_TYPE,
                                OASFactory.createMediaType()
                                        .schema(OASFactory.createSchema().ref("#/components/schemas/Problem"))));
            }
        });
    }

    private static void error(Operation operation, String status, String description) {
        APIResponse known = operation.getResponses().getAPIResponse(status);
        if (known == null) {
            operation
                    .getResponses()
                    .addAPIResponse(status, OASFactory.createAPIResponse().description(description));
        }
    }
}
