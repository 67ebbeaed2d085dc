package dev.sealpost.alert;

/** What the kinds of alerts mean, in words. */
final class Kinds {
    private Kinds() {}

    /** A few words. */
    static String title(String kind) {
        return switch (kind) {
            case "attack" -> "looks like an attack";
            case "egress" -> "looks like an attack at the sender's network";
            case "global" -> "all reporters see it";
            case "misconfiguration" -> "misconfiguration";
            case "sender-fault" -> "fault at the sender";
            case "stale-dns" -> "a sender uses an old MX";
            case "transient" -> "may pass by itself";
            default -> "rule";
        };
    }

    /** What it probably is. */
    static String cause(Story story) {
        Story.Part first = story.parts().getFirst();
        Wording wording = Wording.of(first.series().resultType());
        return switch (story.alert().kind()) {
            case "attack" ->
                wording.attack() + " between " + first.reporter() + " and your MX, for others do not see it; or "
                        + first.reporter() + " alone changed something";
            case "egress" ->
                wording.attack() + " in or near the network of " + first.reporter()
                        + ", for it shows at several domains that have nothing else in common";
            case "global" -> wording.fault() + ", or somebody right in front of it does that: most who could see it do";
            case "misconfiguration" -> wording.fault() + "; nobody on the way can cause that";
            case "sender-fault" ->
                "a fault of " + first.reporter()
                        + " itself (its resolver, its policy cache or its software), for it shows at several domains";
            case "stale-dns" ->
                first.reporter() + " still delivers to an MX that the domain gave up; old DNS answers are in a cache";
            case "transient" ->
                "a short disturbance on the side of " + first.reporter()
                        + "; should its next report show it too, it becomes an attack alert";
            default -> "what the rule was made for";
        };
    }

    /** What to look at first. */
    static String check(Story story) {
        Story.Part first = story.parts().getFirst();
        String check = Wording.of(first.series().resultType()).check();
        return switch (story.alert().kind()) {
            case "attack", "egress" ->
                "whether anything changed on your side on that day (an MX, a certificate, a firewall); if not, tell "
                        + first.reporter() + " the networks named here. " + check
                        + " A policy in mode enforce, or DANE, makes such an attack hold mail up instead of reading it.";
            case "sender-fault" ->
                "nothing on your side, most likely. Tell " + first.reporter() + " (the contact is in its reports). "
                        + check;
            case "stale-dns" ->
                "whether the old MX still runs; keep its certificate and STARTTLS in order until nobody uses it.";
            case "rule" -> first.series().resultType().isEmpty() ? "the reports of these days." : check;
            default -> check;
        };
    }
}
