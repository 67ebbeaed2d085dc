package dev.sealpost.alert;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.sealpost.store.AlertRow;

/**
 * Tells an alert in plain words, for somebody who never heard of TLS reports: what was seen, what became of the mail, what
 * it probably is, what to check first, how sure it is. Texts of reports stand in it on one line and harmless, whatever they
 * are.
 */
final class Explanation {
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
        String title = story.alert().isOpen()
                ? Kinds.title(story.alert().kind())
                : story.alert().state();
        return Character.toUpperCase(title.charAt(0)) + title.substring(1) + ": " + what(story);
    }

    private static String what(Story story) {
        Story.Part first = story.parts().getFirst();
        List<String> names = story.reporters();
        String more = names.size() > 1 ? " and " + Plain.number(names.size() - 1L) + " more" : "";
        if (first.proof().rule() != null) {
            return Sight.ofRule(first.proof()) + (first.series().organization().isEmpty() ? "" : more);
        }
        String where = story.domains() == 1 ? first.domain() : Plain.count(story.domains(), "domain", "domains");
        return "%s at %s, reported by %s"
                .formatted(Plain.text(Wording.of(first.series().resultType()).brief()), where, first.reporter() + more);
    }

    /** Several lines. */
    static String text(Story story) {
        return new Explanation(story).text();
    }

    private String text() {
        List<String> paragraphs = new ArrayList<>();
        if (!story.alert().isOpen()) {
            paragraphs.add(Ending.of(story.alert()));
        }
        paragraphs.add(String.join("\n", seen()));
        if (!first.series().resultType().isEmpty()) {
            paragraphs.add("What became of the mail: " + Consequence.of(story));
        }
        paragraphs.add(switch (story.alert().state()) {
                    case "withdrawn" -> "What it looked like: ";
                    case "resolved" -> "What it probably was: ";
                    default -> "What it probably is: ";
                }
                + Kinds.cause(story));
        if (story.alert().isOpen()) {
            List<String> steps = Kinds.steps(story);
            paragraphs.add("Check first:\n"
                    + IntStream.range(0, steps.size())
                            .mapToObj(i -> (i + 1) + ". " + steps.get(i))
                            .collect(Collectors.joining("\n")));
        }
        List<String> sure = sure();
        if (!sure.isEmpty()) {
            paragraphs.add("How sure it is: " + String.join(" ", sure));
        }
        paragraphs.add((first.series().domain().isEmpty()
                        ? ""
                        : "A TLS report (RFC 8460) is what a mail service tells once a day of its sessions, that is"
                                + " connections, to a domain's mail servers. ")
                + "This alert: GET /api/v1/alerts/" + story.alert().id());
        return String.join("\n\n", paragraphs);
    }

    private static String provenance(String label) {
        String words =
                switch (label) {
                    case "dkim-aligned" -> "by signed mail";
                    case "authentication-results" -> "by mail that your mail server checked";
                    case "upload" -> "by upload";
                    case "trusted-source" -> "from a network that you trust";
                    case "dkim-unaligned" -> "by mail that another signed";
                    default -> "from anybody";
                };
        return words + " (" + Plain.text(label) + ")";
    }

    private List<String> seen() {
        List<String> lines = new ArrayList<>(Sight.of(story));
        if (story.domains() > 1) {
            List<String> named = story.named();
            lines.add("It concerns %s: %s%s."
                    .formatted(
                            Plain.count(story.domains(), "domain", "domains"),
                            named.stream().limit(NAMES).map(Plain::text).collect(Collectors.joining(", ")),
                            story.domains() > NAMES ? " and " + Plain.number(story.domains() - NAMES) + " more" : ""));
        }
        if (proof.rule() == null) {
            lines.addAll(Sight.others(first));
        }
        if (!proof.networks().isEmpty()) {
            lines.add("Failures by sending network: " + shares(proof.networks()) + ".");
        }
        if (!proof.hosts().isEmpty()) {
            lines.add("Failures by receiving MX: " + shares(proof.hosts()) + ".");
        }
        return lines;
    }

    private static String shares(List<Proof.Place> named) {
        long all = Math.max(1, named.stream().mapToLong(Proof.Place::failed).sum());
        return named.stream()
                .map(each -> Plain.text(each.name()) + " (" + Plain.percent((double) each.failed() / all) + ")")
                .collect(Collectors.joining(", "));
    }

    private List<String> sure() {
        List<String> sure = new ArrayList<>();
        int reporters =
                first.series().domain().isEmpty() ? 0 : story.reporters().size();
        if (reporters > 0) {
            List<String> provenances = story.parts().stream()
                    .flatMap(part -> part.proof().provenances().stream())
                    .distinct()
                    .toList();
            sure.add("It rests on " + Plain.count(reporters, "reporter", "reporters")
                    + (provenances.isEmpty()
                            ? ""
                            : ", whose reports came "
                                    + provenances.stream()
                                            .map(Explanation::provenance)
                                            .collect(Collectors.joining(" and ")))
                    + ".");
        }
        if (!story.alert().verified() && reporters > 0) {
            sure.add("Nobody knows who sent these reports: anybody could have made them up. That is why it is no more"
                    + " than low.");
        }
        if (story.contested()) {
            sure.add("It is contested: another report of the same identity and rank says something else.");
        }
        if (story.provisional() && story.alert().isOpen()) {
            sure.add(
                    "It is provisional: reports of others about these days may still come, and may change what this is.");
        }
        return sure;
    }
}
