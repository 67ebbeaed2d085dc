package dev.sealpost.report;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Why sessions failed (RFC 8460, section 4.3 and the IANA registry of section 6.6). Unregistered types are kept.
 *
 * @param value lower case
 */
public record ResultType(String value) {
    public static final ResultType STARTTLS_NOT_SUPPORTED = new ResultType("starttls-not-supported");
    public static final ResultType CERTIFICATE_HOST_MISMATCH = new ResultType("certificate-host-mismatch");
    public static final ResultType CERTIFICATE_EXPIRED = new ResultType("certificate-expired");
    public static final ResultType CERTIFICATE_NOT_TRUSTED = new ResultType("certificate-not-trusted");
    public static final ResultType VALIDATION_FAILURE = new ResultType("validation-failure");
    public static final ResultType TLSA_INVALID = new ResultType("tlsa-invalid");
    public static final ResultType DNSSEC_INVALID = new ResultType("dnssec-invalid");
    public static final ResultType DANE_REQUIRED = new ResultType("dane-required");
    public static final ResultType STS_POLICY_FETCH_ERROR = new ResultType("sts-policy-fetch-error");
    public static final ResultType STS_POLICY_INVALID = new ResultType("sts-policy-invalid");
    public static final ResultType STS_WEBPKI_INVALID = new ResultType("sts-webpki-invalid");

    /** The eleven registered types, in the order of RFC 8460, section 4.3. */
    public static final List<ResultType> REGISTERED = List.of(
            STARTTLS_NOT_SUPPORTED,
            CERTIFICATE_HOST_MISMATCH,
            CERTIFICATE_EXPIRED,
            CERTIFICATE_NOT_TRUSTED,
            TLSA_INVALID,
            DNSSEC_INVALID,
            DANE_REQUIRED,
            STS_POLICY_FETCH_ERROR,
            STS_POLICY_INVALID,
            STS_WEBPKI_INVALID,
            VALIDATION_FAILURE);

    private static final Map<String, ResultType> BY_VALUE =
            REGISTERED.stream().collect(Collectors.toUnmodifiableMap(ResultType::value, Function.identity()));

    public ResultType {
        Objects.requireNonNull(value, "value");
    }

    /** Whether this is one of the eleven registered types. */
    public boolean registered() {
        return BY_VALUE.containsKey(value);
    }

    /** The class of failure this type belongs to; {@link ResultClass#OTHER} for every unregistered type. */
    public ResultClass resultClass() {
        return switch (value) {
            case "starttls-not-supported" -> ResultClass.STARTTLS;
            case "certificate-host-mismatch", "certificate-expired", "certificate-not-trusted" ->
                ResultClass.CERTIFICATE;
            case "validation-failure" -> ResultClass.VALIDATION;
            case "tlsa-invalid", "dnssec-invalid", "dane-required" -> ResultClass.DANE;
            case "sts-policy-fetch-error", "sts-policy-invalid", "sts-webpki-invalid" -> ResultClass.STS;
            default -> ResultClass.OTHER;
        };
    }

    /** The registered type with exactly this name, or null. */
    static @Nullable ResultType registered(String name) {
        return BY_VALUE.get(name);
    }

    /** The type with this lower-case name; the registered ones are shared instances. */
    static ResultType of(String lowerCase) {
        ResultType registered = BY_VALUE.get(lowerCase);
        return registered == null ? new ResultType(lowerCase) : registered;
    }
}
