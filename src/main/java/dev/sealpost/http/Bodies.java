package dev.sealpost.http;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import jakarta.inject.Singleton;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;

/** Reads the JSON bodies of requests that change something: closed records, so a member nobody knows is an error. */
@Singleton
public class Bodies {
    private static final int MAX_BYTES = 256 << 10;

    private final ObjectReader reader;

    Bodies(ObjectMapper mapper) {
        this.reader = mapper.reader()
                .with(
                        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                        DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .with(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    }

    /**
     * Reads a body.
     *
     * @param type a record whose members may all be null
     * @throws ProblemException if it is no such JSON, naming the member that is wrong
     */
    public <T> T read(byte[] body, Class<T> type) {
        if (body.length > MAX_BYTES) {
            throw Problem.of(413, "too-large", "this body may have " + MAX_BYTES + " bytes")
                    .exception();
        }
        try {
            T read = reader.forType(type).readValue(body);
            if (read != null) {
                return read;
            }
        } catch (UnrecognizedPropertyException unknown) {
            List<String> known = unknown.getKnownPropertyIds().stream()
                    .map(String::valueOf)
                    .sorted()
                    .toList();
            throw Problem.badParameter(printable(unknown.getPropertyName()), "there is no such member here", known)
                    .exception();
        } catch (JsonMappingException wrong) {
            String member = wrong.getPath().stream()
                    .map(JsonMappingException.Reference::getFieldName)
                    .filter(name -> name != null)
                    .collect(Collectors.joining("."));
            throw Problem.badParameter(printable(member), "this member has a value of another type", List.of())
                    .exception();
        } catch (JsonProcessingException noJson) {
            throw notJson();
        } catch (IOException impossible) {
            throw new java.io.UncheckedIOException(impossible);
        }
        throw notJson();
    }

    private static ProblemException notJson() {
        return Problem.of(400, "bad-json", "the body is no JSON object").exception();
    }

    private static String printable(String name) {
        String clean = name.replaceAll("[^ -~]", "?");
        return clean.substring(0, Math.min(64, clean.length()));
    }
}
