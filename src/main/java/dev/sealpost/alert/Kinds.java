package dev.sealpost.alert;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What the kinds of alerts mean, in words, and what to do about them. */
final class Kinds {
    private static final String NO_NAME = "YOUR-MX";

    private Kinds() {}

    /** A few words. */
    static String title(String kind) {
        return switch (kind) {
            case "attack" -> "looks like an attack";
            case "egress" -> "looks like an attack at the sender's network";
            case "global" -> "most reporters see it";
            case "misconfiguration" -> "misconfiguration";
            case "sender-fault" -> "fault at the sender";
            case "stale-dns" -> "a sender uses an old MX";
            case "transient" -> "may pass by itself";
            default -> "rule";
        };
    }

    /** What it probably is, in sentences. */
    static String cause(Story story) {
        Story.Part first = story.parts().getFirst();
        String who = first.reporter();
        Wording wording = Wording.of(first.series().resultType());
        return switch (story.alert().kind()) {
            case "attack" ->
                attack(wording, "on the way from " + who + " to your MX") + others(first) + " Or " + who
                        + " alone changed something: that looks the same from here.";
            case "egress" ->
                attack(wording, "in or near the network of " + who)
                        + ": it shows at several domains that have nothing else in common.";
            case "global" ->
                wording.fault()
                        + ": most who could see it do. Somebody right in front of your MX could cause the same.";
            case "misconfiguration" -> wording.fault() + ". Nobody on the way can cause that.";
            case "sender-fault" ->
                "a fault of " + who
                        + " itself (its resolver, its policy cache or its software), for it shows at several"
                        + " domains. Your side is most likely in order.";
            case "stale-dns" ->
                who + " still delivers to an MX that the domain gave up: old DNS answers are in a cache.";
            case "transient" ->
                "a short disturbance on the side of " + who
                        + ". Should its next report show it too, this becomes an attack alert.";
            default ->
                first.series().resultType().isEmpty()
                        ? RuleWording.of(ruleKind(first)).cause() + "."
                        : wording.fault() + ". The rule does not ask who else sees it: of one reporter alone it may be"
                                + " that one's fault, or somebody on the way.";
        };
    }

    private static String attack(Wording wording, String way) {
        return Wording.filled(wording.attack(), way, NO_NAME, "");
    }

    private static String others(Story.Part first) {
        Proof.Witnesses reporters = first.proof().reporters();
        return reporters != null && reporters.asked() > reporters.seeing()
                ? "; others, whose mail takes other ways, do not see it."
                : ". Nobody else can tell, so it may be a fault that all would see.";
    }

    private static String ruleKind(Story.Part first) {
        return Objects.requireNonNullElse(first.proof().ruleKind(), "");
    }

    /** What to do, one after the other. */
    static List<String> steps(Story story) {
        Story.Part first = story.parts().getFirst();
        List<String> steps = new ArrayList<>();
        switch (story.alert().kind()) {
            case "attack", "egress" -> {
                steps.add(
                        "See whether something changed on your side on %s or just before: an MX, a certificate, a firewall."
                                .formatted(first.proof().since()));
                steps.addAll(Wording.of(first.series().resultType()).steps());
                steps.add("If your side is in order, tell " + first.reporter()
                        + " the day, the networks and the MX named here (the contact is in its reports): it alone can"
                        + " look at its side of the way.");
                if (!first.proof().mode().equals("enforce")
                        && !story.alert().family().equals("dane")) {
                    steps.add("With an MTA-STS policy in mode enforce, or DANE, senders hold mail back instead of"
                            + " delivering it unprotected. Think of it if you have neither.");
                }
            }
            case "sender-fault", "transient" -> {
                steps.add("Most likely there is nothing to do on your side. Tell " + first.reporter()
                        + " if it goes on (the contact is in its reports). To be sure of your side:");
                steps.addAll(Wording.of(first.series().resultType()).steps());
            }
            case "stale-dns" ->
                steps.add(
                        "See whether the old MX still runs; keep its certificate and STARTTLS in order until nobody uses"
                                + " it.");
            case "rule" -> steps.addAll(ofRule(first));
            default -> steps.addAll(Wording.of(first.series().resultType()).steps());
        }
        return steps.stream().map(step -> named(step, first)).toList();
    }

    private static List<String> ofRule(Story.Part first) {
        List<String> steps = new ArrayList<>();
        String type = first.series().resultType();
        List<Proof.Place> types = Objects.requireNonNullElse(first.proof().types(), List.of());
        if (type.isEmpty()) {
            steps.addAll(RuleWording.of(ruleKind(first)).steps());
        } else {
            steps.addAll(Wording.of(type).steps());
        }
        // A rate is of all failures; most of them are of the first type.
        types.stream()
                .limit(1)
                .forEach(most -> steps.addAll(Wording.of(most.name()).steps()));
        return steps;
    }

    /** With the names of the alert in it, so that a command can be copied. */
    private static String named(String step, Story.Part first) {
        List<Proof.Place> hosts = first.proof().hosts();
        return Wording.filled(
                step,
                "",
                hosts.isEmpty() ? NO_NAME : Plain.host(hosts.getFirst().name(), NO_NAME),
                Plain.host(first.series().domain(), "YOUR-DOMAIN"));
    }
}
