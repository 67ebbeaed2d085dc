package dev.sealpost.query;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.sealpost.access.KeysResource;
import dev.sealpost.http.Parameter;
import dev.sealpost.http.Problem;
import dev.sealpost.watch.DomainsResource;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter.In;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/** Puts the query parameters into the OpenAPI document, out of the same lists that requests are judged by. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class ParameterDocumentation implements OASFilter {
    private static final Map<String, List<Parameter>> PARAMETERS = Map.of(
            "failures", FailuresResource.PARAMETERS,
            "sessions", SessionsResource.PARAMETERS,
            "reports", ReportsResource.PARAMETERS,
            "summary", SummaryResource.PARAMETERS,
            "organizations", OrganizationsResource.PARAMETERS,
            "domains", DomainsResource.PARAMETERS,
            "keys", KeysResource.PARAMETERS);

    private static final Map<String, String> ERRORS = new TreeMap<>(Map.of(
            "400", "A parameter is unknown or wrong; the problem names it and what is allowed",
            "401", "No key, or a wrong one",
            "403", "The key's role may not do that",
            "503", "The database gave no answer in time"));
    private static final String KEY = "key";

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
    }

    @Override
    public Operation filterOperation(Operation operation) {
        String id = operation.getOperationId();
        PARAMETERS
                .getOrDefault(id == null ? "" : id, List.of())
                .forEach(parameter -> operation.addParameter(document(parameter)));
        ERRORS.forEach((status, description) -> operation.getResponses().addAPIResponse(status, problem(description)));
        return operation;
    }

    private static APIResponse problem(String description) {
        return OASFactory.createAPIResponse()
                .description(description)
                .content(OASFactory.createContent()
                        .addMediaType(
                                Problem.MEDIA_TYPE,
                                OASFactory.createMediaType()
                                        .schema(OASFactory.createSchema().ref("#/components/schemas/Problem"))));
    }

    private static org.eclipse.microprofile.openapi.models.parameters.Parameter document(Parameter parameter) {
        Schema value = OASFactory.createSchema().addType(Schema.SchemaType.STRING);
        parameter.allowed().forEach(value::addEnumeration);
        Schema schema = parameter.repeatable()
                ? OASFactory.createSchema().addType(Schema.SchemaType.ARRAY).items(value)
                : value;
        return OASFactory.createParameter()
                .name(parameter.name())
                .in(In.QUERY)
                .required(false)
                .description(parameter.description())
                .schema(schema);
    }
}
