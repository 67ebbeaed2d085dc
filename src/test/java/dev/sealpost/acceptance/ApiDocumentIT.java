package dev.sealpost.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** The description of the API: complete, and as it is kept in the repository. */
class ApiDocumentIT {
    private static final Path KEPT = Path.of("docs", "openapi.yaml");

    private final SealpostProcess sealpost = SharedSealpost.get();
    private final JsonNode document = Answers.json(sealpost.getManagement("/q/openapi?format=json"));

    @Test
    void theDocumentIsTheOneThatIsKept() throws IOException {
        String told = sealpost.getManagement("/q/openapi").body();
        if (Boolean.getBoolean("openapi.renew")) {
            Files.writeString(KEPT, told);
        }
        assertThat(told)
                .as("the API changed; if that is meant, renew the file: start the server and\n"
                        + "  curl -s http://localhost:9000/q/openapi > " + KEPT)
                .isEqualTo(Files.readString(KEPT));
    }

    @Test
    void everyCallSaysWhatItIsWhatItTakesAndHowItFails() {
        assertThat(document.path("openapi").asText()).startsWith("3.1");
        List<String> missing = new ArrayList<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    JsonNode operation = method.getValue();
                    String call = method.getKey() + " " + path.getKey() + " ";
                    for (String member : List.of("operationId", "summary", "tags")) {
                        if (operation.path(member).isMissingNode()) {
                            missing.add(call + member);
                        }
                    }
                    operation.path("parameters").forEach(parameter -> {
                        if (parameter.path("description").asText().isEmpty()) {
                            missing.add(call + parameter.path("name").asText());
                        }
                    });
                    List<String> errors = path.getKey().startsWith("/api/")
                            ? List.of("400", "401", "403", "404", "503")
                            : List.of("400", "405", "413", "429", "503");
                    for (String status : errors) {
                        JsonNode schema = operation
                                .path("responses")
                                .path(status)
                                .path("content")
                                .path("application/problem+json")
                                .path("schema");
                        if (!schema.path("$ref").asText().equals("#/components/schemas/Problem")) {
                            missing.add(call + status);
                        }
                    }
                }));
        assertThat(missing).isEmpty();
    }

    @Test
    void everyMemberOfEveryAnswerIsDescribed() {
        List<String> missing = new ArrayList<>();
        document.path("components")
                .path("schemas")
                .properties()
                .forEach(schema -> schema.getValue()
                        .path("properties")
                        .properties()
                        .forEach(member -> {
                            if (member.getValue().path("description").asText().isEmpty()) {
                                missing.add(schema.getKey() + "." + member.getKey());
                            }
                        }));
        assertThat(missing)
                .as("describe it with @Schema, or in http.Vocabulary if the word means the same everywhere")
                .isEmpty();
        for (JsonNode ref : document.findValues("$ref")) {
            assertThat(document.at(ref.asText().substring(1)).isMissingNode())
                    .as(ref.asText())
                    .isFalse();
        }
    }

    @Test
    void thePageThatShowsItFindsIt() {
        String page = sealpost.getManagement("/q/swagger-ui/").body();
        assertThat(page).contains("/q/openapi", "swagger-ui-bundle.js");
        assertThat(sealpost.getManagement("/q/swagger-ui/swagger-ui-bundle.js").statusCode())
                .isEqualTo(200);
    }
}
