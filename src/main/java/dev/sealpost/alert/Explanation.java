package dev.sealpost.alert;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import dev.sealpost.store.AlertRow;

/** Tells an alert in plain words. Texts of reports stand in it on one line and harmless, whatever they are. */
final class Explanation {
    private static final int MORE = 5;
    private static final int NAMES = 10;

    private final Story story;
    private final Story.Part first;
    private final Proof proof;

    private Explanation(Story story) {
        this.story = story;
        this.first = story.parts().getFirst();
        this.proof = first.proof();
    }

    /** Words that can always be found, for an alert whose own cannot. */
    static String plain(Story story) {
        AlertRow alert = story.alert();
        return "An alert of kind %s and severity %s is %s, but it could not be put into words; its evidence is in the API."
                .formatted(alert.kind(), alert.severity(), alert.state());
    }

    /** One line. */
    static String subject(Story story) {
        Story.Part first = story.parts().getFirst();
        String where = first.series().domain().isEmpty()
                ? "this installation"
                : story.domains() == 1 ? first.series().domain() : Plain.count(story.domains(), "domain", "domains");
        String what = first.proof().rule() == null
                ? first.series().resultType()
                : first.proof().rule();
        String who =
                first.reporter().isEmpty() || first.proof().rule() != null ? "" : ", reported by " + reporters(story);
        String title = Kinds.title(story.alert().kind());
        return "%s%s: %s at %s%s"
                .formatted(Character.toUpperCase(title.charAt(0)), title.substring(1), Plain.text(what), where, who);
    }

    private static String reporters(Story story) {
        List<String> names = story.reporters();
        return names.getFirst() + (names.size() > 1 ? " and " + Plain.number(names.size() - 1L) + " more" : "");
    }

    /** Several lines. */
    static String text(Story story) {
        return new Explanation(story).text();
    }

    private String text() {
        List<String> lines = new ArrayList<>();
        lines.add(what());
        story.parts().stream().skip(1).limit(MORE).forEach(part -> lines.add("Also " + saw(part) + "."));
        if (story.parts().size() > MORE + 1) {
            lines.add("And " + Plain.count(story.parts().size() - MORE - 1L, "more series", "more series")
                    + " in the evidence.");
        }
        domains(lines);
        if (proof.rule() == null) {
            witnesses(lines);
        }
        places(lines);
        if (!first.series().resultType().isEmpty()) {
            lines.add(mode());
        }
        support(lines);
        lines.add("What it probably is: " + Kinds.cause(story) + ".");
        lines.add("Check first: " + Kinds.check(story));
        return String.join("\n", lines);
    }

    private String what() {
        if (proof.rule() != null) {
            return Plain.text(proof.rule()) + " (" + proof.day() + ").";
        }
        String past = proof.expected() == null ? "" : " Expected were " + Plain.amount(proof.expected()) + ".";
        return "%s.%s Since %s%s."
                .formatted(
                        saw(first),
                        past,
                        proof.since().isBefore(first.series().firstDay())
                                ? proof.since()
                                : first.series().firstDay(),
                        proof.window() > 1 ? ", summed over " + proof.window() + " days" : "");
    }

    private static String saw(Story.Part part) {
        Proof proof = part.proof();
        String share = proof.sessions() == 0 && proof.rule() == null
                ? ""
                : " on %s of %s (%s)"
                        .formatted(
                                Plain.number(proof.failures()),
                                Plain.count(proof.sessions(), "session", "sessions"),
                                Plain.percent(proof.rate()));
        return "%s reports %s (%s)%s to %s on %s"
                        .formatted(
                                part.reporter(),
                                Plain.text(part.series().resultType()),
                                Wording.of(part.series().resultType()).meaning(),
                                share,
                                part.series().domain(),
                                proof.day())
                + (part.series().live() ? "" : " (explained by what came later)");
    }

    private void domains(List<String> lines) {
        if (story.domains() > 1) {
            List<String> named = story.named();
            lines.add("It concerns %s: %s%s."
                    .formatted(
                            Plain.count(story.domains(), "domain", "domains"),
                            named.stream().limit(NAMES).collect(Collectors.joining(", ")),
                            story.domains() > NAMES ? " and " + Plain.number(story.domains() - NAMES) + " more" : ""));
        }
    }

    private void witnesses(List<String> lines) {
        Proof.Witnesses reporters = proof.reporters();
        if (reporters != null) {
            lines.add(
                    reporters.asked() == 0
                            ? "No other reporter had enough traffic to show it, so nobody confirms or denies it."
                            : "%s had enough traffic to show it; %s.%s"
                                    .formatted(
                                            Plain.count(reporters.asked(), "other reporter", "other reporters"),
                                            seeing(reporters),
                                            names(reporters)));
        }
        Proof.Witnesses domains = proof.domains();
        if (domains != null && domains.asked() > 0) {
            lines.add("Of %s that %s reports about with enough traffic, %s."
                    .formatted(
                            Plain.count(domains.asked(), "other domain", "other domains"),
                            first.reporter(),
                            seeing(domains)));
        }
    }

    private static String seeing(Proof.Witnesses witnesses) {
        return witnesses.seeing() == 0
                ? "none shows it"
                : Plain.number(witnesses.seeing()) + (witnesses.seeing() == 1 ? " shows it" : " show it");
    }

    private static String names(Proof.Witnesses witnesses) {
        String denying = witnesses.named().stream()
                .filter(each -> !each.sees())
                .limit(MORE)
                .map(each -> "%s (%s of %s)"
                        .formatted(
                                Plain.text(each.name()), Plain.number(each.failures()), Plain.number(each.sessions())))
                .collect(Collectors.joining(", "));
        return denying.isEmpty() ? "" : " Not seen by " + denying + ".";
    }

    private void places(List<String> lines) {
        if (!proof.networks().isEmpty()) {
            lines.add("Sending networks: " + shares(proof.networks()) + ".");
        }
        if (!proof.hosts().isEmpty()) {
            lines.add("Receiving MX: " + shares(proof.hosts()) + ".");
        }
    }

    private static String shares(List<Proof.Place> named) {
        long all = Math.max(1, named.stream().mapToLong(Proof.Place::failed).sum());
        return named.stream()
                .map(each -> Plain.text(each.name()) + " (" + Plain.percent((double) each.failed() / all) + ")")
                .collect(Collectors.joining(", "));
    }

    private String mode() {
        if (story.alert().family().equals("dane")) {
            return "Senders that use DANE hold such messages back: they were delayed, and return to their senders if it"
                    + " goes on.";
        }
        return switch (proof.mode()) {
            case "enforce" ->
                "Policy mode: enforce. Senders that honour it held these messages back: they were delayed, and return to"
                        + " their senders if it goes on.";
            case "testing", "none" ->
                "Policy mode: " + proof.mode()
                        + (proof.exposed()
                                ? ". Nothing held these messages back: they were probably delivered unprotected."
                                : ". Nothing held these messages back.");
            default ->
                "The policy mode is not known from reports: without one in mode enforce, these messages were probably"
                        + " delivered all the same.";
        };
    }

    private void support(List<String> lines) {
        int reporters =
                first.series().domain().isEmpty() ? 0 : story.reporters().size();
        if (reporters > 0) {
            List<String> provenances = story.parts().stream()
                    .flatMap(part -> part.proof().provenances().stream())
                    .distinct()
                    .toList();
            lines.add("It rests on " + Plain.count(reporters, "reporter", "reporters")
                    + (provenances.isEmpty() ? "" : ", provenance " + String.join(", ", provenances)) + ".");
        }
        if (!story.alert().verified() && reporters > 0) {
            lines.add("Nobody knows who sent these reports: anybody could have made them up. That is why it is no more"
                    + " than low.");
        }
        if (story.contested()) {
            lines.add("Contested: another report of the same identity and rank says something else.");
        }
        if (story.provisional()) {
            lines.add("Provisional: reports of others about these days may still come, and may change what this is.");
        }
    }
}
