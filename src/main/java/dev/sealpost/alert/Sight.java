package dev.sealpost.alert;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Who saw what on how many of how many sessions, and who did not. */
final class Sight {
    private static final int MORE = 5;
    private static final int LONGEST_RULE = 400;

    private Sight() {}

    /** What those saw on whom an alert rests, a line each of the most telling. */
    static List<String> of(Story story) {
        List<Story.Part> parts = story.parts();
        Story.Part first = parts.getFirst();
        List<String> lines = new ArrayList<>();
        lines.add(first.proof().rule() == null ? lead(first) : ofRule(first.proof()) + " (" + day(first) + ").");
        types(first.proof(), lines);
        total(story, lines);
        if (parts.size() > 1) {
            lines.add("Also:");
            parts.stream().skip(1).limit(MORE).forEach(part -> lines.add("- " + also(part, first)));
            if (parts.size() > MORE + 1) {
                lines.add("- and " + Plain.number(parts.size() - MORE - 1L) + " more in the evidence");
            }
        }
        return lines;
    }

    /** What a rule saw, without a period. */
    static String ofRule(Proof proof) {
        return Plain.text(String.valueOf(proof.rule()), LONGEST_RULE);
    }

    private static String lead(Story.Part part) {
        Proof proof = part.proof();
        LocalDate began = proof.since().isBefore(part.series().firstDay())
                ? proof.since()
                : part.series().firstDay();
        return "%s reports that %s (%s) on %s to %s%s.%s It began on %s."
                .formatted(
                        part.reporter(),
                        Wording.of(part.series().resultType()).meaning(),
                        Plain.text(part.series().resultType()),
                        sessions(proof),
                        part.domain(),
                        when(part),
                        proof.expected() == null
                                ? ""
                                : " Expected, by " + past(proof) + ": " + Plain.expected(proof.expected()) + ".",
                        began);
    }

    private static String past(Proof proof) {
        Integer days = proof.pastDays();
        if (days == null) {
            return "its past";
        }
        return days == 0
                ? "what is usual elsewhere"
                : "its past of " + Plain.number(days) + (days == 1 ? " report day" : " report days");
    }

    private static String when(Story.Part part) {
        int window = part.proof().window();
        return (window > 1 ? " in the " + window + " days until " : " on ")
                + day(part)
                + (part.series().live() ? "" : " (explained by what came later)");
    }

    private static LocalDate day(Story.Part part) {
        return part.proof().day();
    }

    private static String sessions(Proof proof) {
        return proof.sessions() == 0
                ? "sessions"
                : "%s of %s (%s)"
                        .formatted(
                                Plain.number(proof.failures()),
                                Plain.count(proof.sessions(), "session", "sessions"),
                                Plain.percent(proof.rate()));
    }

    /** Another part, without what it has in common with the first one. */
    private static String also(Story.Part part, Story.Part first) {
        if (part.proof().rule() != null) {
            return ofRule(part.proof()) + " (" + day(part) + ")";
        }
        String type = part.series().resultType();
        return part.reporter() + ": "
                + (type.equals(first.series().resultType()) ? "" : Plain.text(type) + " on ")
                + sessions(part.proof())
                + (part.domain().equals(first.domain()) ? "" : " to " + part.domain())
                + when(part);
    }

    /** Of a rule that is about all failures: what they were. */
    private static void types(Proof proof, List<String> lines) {
        List<Proof.Place> types = proof.types();
        if (types != null && !types.isEmpty()) {
            lines.add("Failures: "
                    + types.stream()
                            .map(each -> "%s %s (%s)"
                                    .formatted(
                                            Plain.number(each.failed()),
                                            Plain.text(each.name()),
                                            Wording.of(each.name()).meaning()))
                            .collect(Collectors.joining(", "))
                    + ".");
        }
    }

    /** The sum, where all parts are here and are about the same. */
    private static void total(Story story, List<String> lines) {
        List<Story.Part> parts = story.parts();
        Story.Part first = parts.getFirst();
        boolean alike = parts.size() < AlertViews.NAMED
                && parts.stream()
                        .allMatch(part -> part.proof().rule() == null
                                && part.proof().window() == 1
                                && part.proof().sessions() > 0
                                && day(part).equals(day(first))
                                && part.series().domain().equals(first.series().domain())
                                && part.series()
                                        .resultType()
                                        .equals(first.series().resultType()));
        if (parts.size() > 1 && alike) {
            long failed =
                    parts.stream().mapToLong(part -> part.proof().failures()).sum();
            long sessions =
                    parts.stream().mapToLong(part -> part.proof().sessions()).sum();
            lines.add("In all: %s of %s (%s) of %s."
                    .formatted(
                            Plain.number(failed),
                            Plain.count(sessions, "session", "sessions"),
                            Plain.percent((double) failed / sessions),
                            Plain.count(parts.size(), "reporter", "reporters")));
        }
    }

    /** Others who had enough traffic to see the same. */
    static List<String> others(Story.Part part) {
        List<String> lines = new ArrayList<>();
        Proof.Witnesses reporters = part.proof().reporters();
        if (reporters != null) {
            lines.add(
                    reporters.asked() == 0
                            ? "No other reporter had enough traffic to see it, so nobody confirms or denies it."
                            : "%s had enough traffic to see it; %s.%s"
                                    .formatted(
                                            Plain.count(reporters.asked(), "other reporter", "other reporters"),
                                            seeing(reporters, "see"),
                                            names(reporters)));
        }
        Proof.Witnesses domains = part.proof().domains();
        if (domains != null && domains.asked() > 0) {
            lines.add("Of %s that %s reports about with enough traffic, %s."
                    .formatted(
                            Plain.count(domains.asked(), "other domain", "other domains"),
                            part.reporter(),
                            seeing(domains, "show")));
        }
        return lines;
    }

    private static String seeing(Proof.Witnesses witnesses, String verb) {
        return (witnesses.seeing() == 0 ? "none" : Plain.number(witnesses.seeing()))
                + " " + verb
                + (witnesses.seeing() < 2 ? "s it" : " it");
    }

    private static String names(Proof.Witnesses witnesses) {
        List<String> denying = witnesses.named().stream()
                .filter(each -> !each.sees())
                .limit(MORE)
                .map(each -> "%s (%s of %s)"
                        .formatted(
                                Plain.text(each.name()), Plain.number(each.failures()), Plain.number(each.sessions())))
                .toList();
        long more = witnesses.asked() - witnesses.seeing() - denying.size();
        return denying.isEmpty()
                ? ""
                : " Not seen by " + String.join(", ", denying) + (more > 0 ? " and " + more + " more" : "") + ".";
    }
}
