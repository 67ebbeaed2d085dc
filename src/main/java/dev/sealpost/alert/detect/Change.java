package dev.sealpost.alert.detect;

import java.util.UUID;

/** What a finding does to an incident; whoever is to be told of it. */
public sealed interface Change {
    /** Of the incident: from its key and its first day. */
    UUID incident();

    /** What did it. */
    Finding finding();

    /** A new incident. */
    record Opened(UUID incident, Finding finding) implements Change {}

    /** Another reporter, domain or result type shows it too. */
    record Joined(UUID incident, Finding finding) implements Change {}

    /** What was told of this series is explained by what came later: it is no attack. */
    record Withdrawn(UUID incident, Finding finding) implements Change {}

    /** The rate is at least three times the one that was told last. */
    record Escalated(UUID incident, Finding finding) implements Change {}

    /** Nothing new: the incident goes on. */
    record Continued(UUID incident, Finding finding) implements Change {}
}
