package dev.sealpost.http;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.StreamingOutput;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jspecify.annotations.Nullable;

/**
 * Lets callers keep answers: each read has a strong ETag made of its bytes, and a caller who has them already gets 304
 * (RFC 9110, section 13). Answers are the caller's own and are asked for again each time. Exports are streamed, so their
 * bytes are not known before; they have no ETag.
 */
final class Validators {
    private static final List<String> READS = List.of(HttpMethod.GET, HttpMethod.HEAD);
    private static final int BYTES = 18;

    private final ObjectMapper json;

    Validators(ObjectMapper json) {
        this.json = json;
    }

    @ServerResponseFilter
    void validate(ContainerRequestContext request, ContainerResponseContext response) {
        if (!READS.contains(request.getMethod())) {
            return;
        }
        MultivaluedMap<String, Object> headers = response.getHeaders();
        headers.putIfAbsent(HttpHeaders.CACHE_CONTROL, List.of("private, no-cache"));
        headers.putSingle(HttpHeaders.VARY, "Authorization, Accept, Accept-Encoding");
        if (response.getStatus() != Status.OK.getStatusCode()) {
            return;
        }
        if (response.getEntity() instanceof StreamingOutput) {
            if (request.getMethod().equals(HttpMethod.HEAD)) {
                // Nobody reads the rows, so the database is not asked for them.
                response.setEntity(null);
            }
            return;
        }
        String tag = tag(response.getEntity(), request.getHeaderString(HttpHeaders.ACCEPT_ENCODING));
        headers.putSingle(HttpHeaders.ETAG, tag);
        if (matches(request.getHeaderString(HttpHeaders.IF_NONE_MATCH), tag)) {
            response.setStatus(Status.NOT_MODIFIED.getStatusCode());
            response.setEntity(null);
        }
    }

    /** A strong tag is of the bytes that are sent, so packed answers have another. */
    private String tag(Object entity, @Nullable String encodings) {
        try {
            byte[] bytes = entity instanceof byte[] raw ? raw : json.writeValueAsBytes(entity);
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            boolean packed = encodings != null
                    && (encodings.toLowerCase(Locale.ROOT).contains("gzip")
                            || encodings.toLowerCase(Locale.ROOT).contains("deflate")
                            || encodings.contains("*"));
            return '"' + Base64.getUrlEncoder().encodeToString(Arrays.copyOf(digest, BYTES)) + (packed ? "-z\"" : "\"");
        } catch (JsonProcessingException | NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("an answer that cannot be written", impossible);
        }
    }

    private static boolean matches(@Nullable String known, String tag) {
        return known != null
                && Arrays.stream(known.split(","))
                        .map(String::strip)
                        .anyMatch(each -> each.equals("*") || each.equals(tag) || each.equals("W/" + tag));
    }
}
