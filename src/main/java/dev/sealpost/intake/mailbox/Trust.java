package dev.sealpost.intake.mailbox;

import java.util.List;
import java.util.Set;

/**
 * Whom the owner of a mailbox believes.
 *
 * @param authservIds own servers whose Authentication-Results are believed, in any case; may be empty
 * @param tlsrptKeysOnly whether a key has to say that it is for TLS reports, as RFC 8460, section 3 recommends
 */
record Trust(Set<String> authservIds, boolean tlsrptKeysOnly) {
    Trust {
        authservIds = Set.copyOf(authservIds);
    }

    static Trust of(MailboxConfig config) {
        return new Trust(Set.copyOf(config.trustedAuthservIds().orElse(List.of())), config.tlsrptKeysOnly());
    }
}
