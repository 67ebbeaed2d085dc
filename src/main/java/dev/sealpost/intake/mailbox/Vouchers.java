package dev.sealpost.intake.mailbox;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import dev.sealpost.origin.Provenance;
import dev.sealpost.report.DomainName;
import org.jspecify.annotations.Nullable;

/**
 * What was found of one mail.
 *
 * @param signatures what became of its DKIM signatures
 * @param results what an own server found; empty if none did
 */
record Vouchers(List<Dkim.Outcome> signatures, Optional<AuthenticationResults> results) implements Signatures {
    Vouchers {
        signatures = List.copyOf(signatures);
    }

    /** Nobody answers for the mail. */
    static Signatures none(String reason) {
        Judgement judgement = new Judgement(Provenance.UNVERIFIED, reason);
        return reporter -> judgement;
    }

    @Override
    public Judgement judge(@Nullable DomainName reporter) {
        List<Judgement> judgements = new ArrayList<>();
        for (Dkim.Outcome signature : signatures) {
            if (signature.signer() != null) {
                String what = "valid signature of " + signature.signer() + signature.text();
                judgements.add(judgement(signature.signer(), reporter, Provenance.DKIM_ALIGNED, what));
            }
        }
        results.ifPresent(own -> own.signers()
                .forEach(signer -> judgements.add(judgement(
                        signer,
                        reporter,
                        Provenance.AUTHENTICATION_RESULTS,
                        own.authservId() + " found a valid signature of " + signer))));
        Judgement best = judgements.stream()
                .min(Comparator.comparingInt(judgement -> judgement.provenance().rank()))
                .orElseGet(this::unverified);
        return best.isVerified() || reporter == null ? best : pending(reporter).orElse(best);
    }

    /** What is to be told of a report while the key of its own domain cannot be looked up. */
    private Optional<Judgement> pending(DomainName reporter) {
        return signatures.stream()
                .filter(signature -> signature.pending() != null && Alignment.aligned(signature.pending(), reporter))
                .findFirst()
                .map(signature -> new Judgement(
                        Provenance.UNVERIFIED,
                        true,
                        OneLine.of("no valid DKIM signature: of " + signature.pending() + ", " + signature.text())));
    }

    private static Judgement judgement(
            DomainName signer, @Nullable DomainName reporter, Provenance aligned, String what) {
        if (reporter != null && Alignment.aligned(signer, reporter)) {
            return new Judgement(aligned, OneLine.of(what));
        }
        String whose = reporter == null ? "does not say whose it is" : "is one of " + reporter;
        return new Judgement(Provenance.DKIM_UNALIGNED, OneLine.of(what + ", but the report " + whose));
    }

    private Judgement unverified() {
        String reason = signatures.isEmpty()
                ? "no DKIM signature"
                : "no valid DKIM signature: " + signatures.getFirst().text();
        return new Judgement(Provenance.UNVERIFIED, OneLine.of(reason));
    }
}
