package dev.sealpost.intake.mailbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import dev.sealpost.report.DomainName;

/**
 * One Authentication-Results header field (RFC 8601, section 2.2), so far as it is about DKIM. A field that is not by the
 * grammar says nothing: who can break it may have written some of it.
 *
 * @param authservId the server that wrote it, lower case
 * @param signers whose signatures it found valid, in its order
 */
record AuthenticationResults(String authservId, List<DomainName> signers) {
    private static final int MAX_RESULTS = 100;

    AuthenticationResults {
        signers = List.copyOf(signers);
    }

    /** What the topmost such field of the mail says, if it is of one of these servers; all below it may be forged. */
    static Optional<AuthenticationResults> of(MailHead head, Set<String> trusted) {
        List<MailHead.Field> fields = head.named("authentication-results");
        if (fields.isEmpty() || trusted.isEmpty()) {
            return Optional.empty();
        }
        String value = fields.getFirst().value();
        return (value == null ? Optional.<AuthenticationResults>empty() : parse(value))
                .filter(results -> trusted.stream().anyMatch(id -> id.strip().equalsIgnoreCase(results.authservId)));
    }

    /** Reads the value of a field; empty if it is not by the grammar. */
    static Optional<AuthenticationResults> parse(String value) {
        try {
            return Optional.of(read(new ResultTokens(value)));
        } catch (ResultTokens.UnreadableException e) {
            return Optional.empty();
        }
    }

    private static AuthenticationResults read(ResultTokens tokens) throws ResultTokens.UnreadableException {
        String server = tokens.value().toLowerCase(Locale.ROOT);
        if (!tokens.atEnd() && !tokens.next(';')) {
            // The version of the field's format.
            tokens.require(tokens.word().equals("1"));
        }
        List<DomainName> signers = new ArrayList<>();
        for (int results = 0; !tokens.atEnd(); results++) {
            tokens.require(results < MAX_RESULTS && tokens.take(';'));
            if (!tokens.atEnd()) {
                result(tokens).ifPresent(signers::add);
            }
        }
        return new AuthenticationResults(server, signers);
    }

    private static Optional<DomainName> result(ResultTokens tokens) throws ResultTokens.UnreadableException {
        String method = tokens.word();
        if (method.equalsIgnoreCase("none") && (tokens.atEnd() || tokens.next(';'))) {
            return Optional.empty();
        }
        boolean known = true;
        if (tokens.take('/')) {
            known = tokens.word().equals("1");
        }
        tokens.require(tokens.take('='));
        String outcome = tokens.word();
        Signer signer = new Signer();
        while (!tokens.atEnd() && !tokens.next(';')) {
            signer.property(tokens.property(), tokens.value());
        }
        boolean passed = known && method.equalsIgnoreCase("dkim") && outcome.equalsIgnoreCase("pass");
        return passed ? signer.domain() : Optional.empty();
    }

    /** Finds the signer among a result's properties: header.d, or the domain of header.i; said twice, it is not said. */
    private static final class Signer {
        private final List<String> domains = new ArrayList<>();
        private final List<String> identities = new ArrayList<>();

        void property(String name, String value) {
            switch (name.toLowerCase(Locale.ROOT)) {
                case "header.d" -> domains.add(value);
                case "header.i" -> identities.add(value.substring(value.lastIndexOf('@') + 1));
                default -> {
                    // Of no use here.
                }
            }
        }

        Optional<DomainName> domain() {
            List<String> named = domains.isEmpty() ? identities : domains;
            return named.size() == 1 ? DomainName.parse(named.getFirst()) : Optional.empty();
        }
    }
}
