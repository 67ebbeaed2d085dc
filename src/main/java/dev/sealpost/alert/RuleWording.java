package dev.sealpost.alert;

import java.util.List;

/**
 * What the kinds of rules mean that are about no single result type: what it probably is, and what to do about it. For the
 * others see {@link Wording}.
 *
 * @param cause what it probably is
 * @param steps what to look at, one after the other; {@code {domain}} in them stands for the name of the alert
 */
record RuleWording(String cause, List<String> steps) {
    private static final String NEXT = "\n   ";
    private static final String RECORD = NEXT + "dig +short TXT _smtp._tls.{domain}";
    private static final String MAILBOXES =
            "For reports by mail, look at the spam folder, at size limits, and at the mailboxes:" + NEXT
                    + "GET /api/v1/mailboxes";

    RuleWording {
        steps = List.copyOf(steps);
    }

    /** The words for a kind of rule. */
    static RuleWording of(String kind) {
        return switch (kind) {
            case "failure-rate" ->
                new RuleWording(
                        "one fault at your mail servers, or the fault of a sender who delivers much; the result types and"
                                + " the reporters tell which",
                        List.of(
                                "See who reports it. If it is most reporters, it is your side; if one alone, probably that"
                                        + " one's:" + NEXT
                                        + "GET /api/v1/failures?domain={domain}&groupBy=resultType&groupBy=organization"));
            case "reporter-silent" ->
                new RuleWording(
                        "it had no mail for the domain, stopped sending reports, or cannot deliver them to you; while a"
                                + " reporter is silent nobody tells if connections from there are tampered with",
                        List.of(
                                "See whether others report still. If they do, your side works:" + NEXT
                                        + "GET /api/v1/organizations?domain={domain}",
                                "If several are silent, look at the record, which must name your addresses:" + RECORD,
                                MAILBOXES,
                                "If it is this one alone, ask its postmaster."));
            case "domain-silent" ->
                new RuleWording(
                        "senders do not know where to report (the TXT record is gone or wrong), their reports do not get"
                                + " here, or nobody sends mail to the domain any more",
                        List.of(
                                "Look at the record: there must be one, which begins with v=TLSRPTv1 and names your"
                                        + " addresses:" + RECORD,
                                "If it names an https: address, post the example report to it from outside.",
                                MAILBOXES,
                                "See whether other domains are silent too: then it is this installation."));
            case "unclaimed-flood" ->
                new RuleWording(
                        "domains of yours that are not watched yet, or somebody who sends made-up reports",
                        List.of(
                                "See which domains these are:" + NEXT + "GET /api/v1/domains?state=unclaimed",
                                "Watch those that are yours (PUT /api/v1/domains/DOMAIN); the others go by themselves."));
            case "mailbox-failing" ->
                new RuleWording(
                        "the password, the permission or the certificate of that mailbox changed, or its server is away;"
                                + " reports wait there and nothing is lost as long as they are kept",
                        List.of(
                                "See what is wrong:" + NEXT + "GET /api/v1/mailboxes",
                                "Try it now, after a change:" + NEXT
                                        + "java -jar quarkus-run.jar mailboxes test NAME"));
            default -> new RuleWording("what the rule was made for", List.of("Look at the reports of these days."));
        };
    }
}
