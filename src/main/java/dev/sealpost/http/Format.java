package dev.sealpost.http;

import java.util.List;
import java.util.Locale;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;

/** The forms in which a table is answered. */
public enum Format {
    JSON(MediaType.APPLICATION_JSON),
    CSV("text/csv;charset=UTF-8"),
    NDJSON("application/x-ndjson");

    private final String mediaType;

    Format(String mediaType) {
        this.mediaType = mediaType;
    }

    MediaType mediaType() {
        return MediaType.valueOf(mediaType);
    }

    /**
     * The form the caller wants: of the parameter {@code format}, else of the Accept header, JSON where several are
     * equally good.
     *
     * @throws ProblemException (406) if the header accepts none
     */
    public static Format of(Parameters parameters, HttpHeaders headers) {
        return parameters
                .one(Parameter.FORMAT)
                .map(name -> valueOf(name.toUpperCase(Locale.ROOT)))
                .orElseGet(() -> of(headers.getAcceptableMediaTypes()));
    }

    private static Format of(List<MediaType> accepted) {
        for (MediaType wanted : accepted) {
            for (Format format : values()) {
                if (wanted.isCompatible(format.mediaType())) {
                    return format;
                }
            }
        }
        throw Problem.of(406, "not-acceptable", "answers are application/json, text/csv or application/x-ndjson")
                .exception();
    }
}
