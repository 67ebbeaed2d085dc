package dev.sealpost.alert;

/**
 * What became of the messages whose sessions failed: RFC 8461, section 5, for MTA-STS; RFC 7672, section 2.2, for DANE;
 * delivered all the same where the domain has neither.
 */
final class Consequence {
    private Consequence() {}

    /** A sentence. */
    static String of(Story story) {
        Story.Part first = story.parts().getFirst();
        String family = story.alert().family();
        return switch (family) {
            case "dane" ->
                "senders that use DANE held these messages back: they are delayed, and return to their senders if it goes"
                        + " on.";
            case "policy" ->
                "senders go on with the MTA-STS policy that they fetched before, until it expires (max_age); whoever has"
                        + " none delivers as if there were none, and so without protection from somebody on the way.";
            default -> byMode(first.proof(), family);
        };
    }

    private static String byMode(Proof proof, String family) {
        String how =
                switch (family) {
                    case "starttls" -> "unencrypted";
                    case "certificate" -> "to a server that had not shown who it is";
                    default -> "unprotected";
                };
        return switch (proof.mode()) {
            case "enforce" ->
                "the MTA-STS policy is in mode enforce. Senders that honour it held these messages back: they are"
                        + " delayed, and return to their senders if it goes on.";
            case "testing", "none" ->
                "the MTA-STS policy is in mode %s. Nothing held these messages back: they were probably delivered %s."
                        .formatted(proof.mode(), how);
            default ->
                "the policy mode is not known here. With an MTA-STS policy in mode enforce, or DANE, senders held these"
                        + " messages back; without, they were probably delivered " + how + ".";
        };
    }
}
