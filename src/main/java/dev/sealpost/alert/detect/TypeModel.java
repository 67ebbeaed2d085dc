package dev.sealpost.alert.detect;

import java.util.HashMap;
import java.util.Map;

import dev.sealpost.report.ResultType;

/**
 * How failures of one result type behave where nobody attacks.
 *
 * @param startingRate failures a session, of which one starts while nothing has been learned
 * @param dispersion size of the negative binomial of one day: the smaller, the more days differ
 * @param passing whether it comes and goes by itself (time-outs, a policy host that is slow), so that one day tells nothing
 * @param forgeable whether somebody on the way can cause it at all
 * @param egress whether a fault of one network towards all domains looks like stripping or interception there
 */
record TypeModel(double startingRate, double dispersion, boolean passing, boolean forgeable, boolean egress) {
    private static final TypeModel UNKNOWN = new TypeModel(2e-4, 0.3, true, true, false);
    /** A hash map, for it knows the shared instances of types at a glance. */
    private static final Map<ResultType, TypeModel> MODELS = new HashMap<>(Map.ofEntries(
            Map.entry(ResultType.STARTTLS_NOT_SUPPORTED, new TypeModel(6e-5, 0.5, false, true, true)),
            Map.entry(ResultType.CERTIFICATE_HOST_MISMATCH, new TypeModel(6e-5, 0.5, false, true, true)),
            // A certificate that somebody forges is not expired, and a policy he forges is well-formed.
            Map.entry(ResultType.CERTIFICATE_EXPIRED, new TypeModel(6e-6, 0.5, false, false, false)),
            Map.entry(ResultType.STS_POLICY_INVALID, new TypeModel(6e-6, 0.5, false, false, false)),
            Map.entry(ResultType.CERTIFICATE_NOT_TRUSTED, new TypeModel(4e-5, 0.5, false, true, true)),
            Map.entry(ResultType.VALIDATION_FAILURE, new TypeModel(4e-4, 0.3, true, true, false)),
            Map.entry(ResultType.TLSA_INVALID, new TypeModel(4e-5, 0.5, false, true, false)),
            Map.entry(ResultType.DNSSEC_INVALID, new TypeModel(2e-5, 0.5, true, true, false)),
            Map.entry(ResultType.DANE_REQUIRED, new TypeModel(4e-6, 0.5, false, true, false)),
            Map.entry(ResultType.STS_POLICY_FETCH_ERROR, new TypeModel(2e-4, 0.3, true, true, false)),
            Map.entry(ResultType.STS_WEBPKI_INVALID, new TypeModel(2e-5, 0.5, true, true, false))));

    static TypeModel of(ResultType type) {
        return MODELS.getOrDefault(type, UNKNOWN);
    }
}
