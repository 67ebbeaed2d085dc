package dev.sealpost.alert;

import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sealpost.alert.detect.Evidence;
import dev.sealpost.alert.detect.Finding;
import dev.sealpost.alert.detect.IncidentKey;
import dev.sealpost.alert.detect.PolicyMode;
import dev.sealpost.alert.detect.Witness;
import dev.sealpost.store.FailurePlaces;
import org.jspecify.annotations.Nullable;

/** Makes proofs of findings. Of an incident with very many series only some are proved in detail. Not thread-safe. */
final class Proofs {
    private static final int IN_DETAIL = 100;

    /** Anybody can make up series without end, and each detail costs questions. */
    private static final int UNVERIFIED_IN_DETAIL = 5;

    private static final int NAMED = 20;

    private final FailurePlaces places;
    private final ObjectMapper json;
    private final Map<IncidentKey, Integer> proved = new HashMap<>();

    Proofs(FailurePlaces places, ObjectMapper json) {
        this.places = places;
        this.json = json;
    }

    /** The proof of a finding. */
    Proof of(Finding finding, PolicyMode mode, UnaryOperator<String> names) {
        int most = finding.evidence().verified() ? IN_DETAIL : UNVERIFIED_IN_DETAIL;
        boolean detail = proved.merge(IncidentKey.of(finding), 1, Integer::sum) <= most;
        return of(finding, mode, names, detail, null);
    }

    /** The numbers of a finding alone, without a question: for one that a later one of its series follows. */
    Proof brief(Finding finding, PolicyMode mode) {
        return of(finding, mode, UnaryOperator.identity(), false, true);
    }

    private Proof of(
            Finding finding, PolicyMode mode, UnaryOperator<String> names, boolean detail, @Nullable Boolean brief) {
        Evidence evidence = finding.evidence();
        FailurePlaces.Found found = detail
                ? places.find(
                        finding.domain(),
                        Days.of(finding.day()),
                        finding.organization(),
                        finding.type().value(),
                        evidence.verified())
                : new FailurePlaces.Found(List.of(), List.of(), List.of(), false);
        return new Proof(
                evidence.failures(),
                evidence.sessions(),
                evidence.expected(),
                evidence.p(),
                evidence.pastDays(),
                evidence.window(),
                Days.of(finding.day()),
                Days.of(evidence.since()),
                evidence.verified(),
                finding.exposed(),
                mode.name().toLowerCase(Locale.ROOT),
                witnesses(evidence.reporters(), each -> names.apply(each.organization()), detail),
                witnesses(evidence.domains(), Witness::domain, detail),
                places(found.networks()),
                places(found.hosts()),
                found.provenances(),
                found.contested(),
                null,
                null,
                null,
                brief);
    }

    private static List<Proof.Place> places(List<FailurePlaces.Named> named) {
        return named.stream()
                .map(each -> new Proof.Place(each.name(), each.failed()))
                .toList();
    }

    /** As it is kept. */
    String text(Proof proof) {
        try {
            return json.writeValueAsString(proof);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Proof.Witnesses witnesses(List<Witness> witnesses, Function<Witness, String> name, boolean detail) {
        return new Proof.Witnesses(
                witnesses.size(),
                witnesses.stream().filter(Witness::sees).count(),
                witnesses.stream()
                        .limit(detail ? NAMED : 0)
                        .map(each -> new Proof.Named(name.apply(each), each.sessions(), each.failures(), each.sees()))
                        .toList());
    }
}
