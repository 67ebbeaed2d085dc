package dev.sealpost.alert;

import java.util.List;

/**
 * What a result type of RFC 8460, section 4.3 means, and what to do about it: the one place where that is said. In these
 * texts {@code {way}} stands for where somebody would be, {@code {mx}} and {@code {domain}} for the names of the alert.
 *
 * @param brief for a line
 * @param meaning what the sender saw
 * @param attack what it is if somebody is on the way
 * @param fault what it is if nobody is
 * @param steps what to look at, one after the other
 */
record Wording(String brief, String meaning, String attack, String fault, List<String> steps) {
    /** A command stands on a line of its own, so that it can be copied. */
    private static final String NEXT = "\n   ";

    private static final String ASK_MX =
            NEXT + "openssl s_client -starttls smtp -connect {mx}:25 -servername {mx} </dev/null";
    private static final String SHOW = " | openssl x509 -noout ";
    private static final String TLSA = "dig +dnssec TLSA _25._tcp.{mx}";
    private static final String POLICY = "https://mta-sts.{domain}/.well-known/mta-sts.txt";
    private static final String FETCH = NEXT + "curl -v " + POLICY;

    Wording {
        steps = List.copyOf(steps);
    }

    /** The words for a result type. */
    static Wording of(String resultType) {
        return switch (resultType) {
            case "starttls-not-supported" ->
                new Wording(
                        "no STARTTLS",
                        "the MX did not offer STARTTLS, that is, encryption",
                        "somebody {way}, or a firewall there that inspects SMTP, removes STARTTLS from the MX's answer",
                        "the MX, or a firewall in front of it, no longer offers STARTTLS",
                        List.of(
                                "Connect to the MX from outside your own network; it must show a certificate:" + ASK_MX,
                                "If it does not, look at the answer to EHLO: XXXXXXXA in place of STARTTLS is a"
                                        + " firewall that inspects SMTP; switch that off. Otherwise switch TLS on in the"
                                        + " mail server, and look whether it can read its certificate and key."));
            case "certificate-host-mismatch" ->
                new Wording(
                        "certificate of another name",
                        "the certificate does not name the MX host",
                        "somebody {way} leads connections to another server, or intercepts them with a certificate of"
                                + " another name",
                        "the MX has a certificate that does not name it",
                        List.of(
                                "List the names in the certificate; the name in the MX record must be one of them:"
                                        + ASK_MX + SHOW + "-ext subjectAltName",
                                "Compare it with the mx lines of " + POLICY + ", if you have one: they must cover every"
                                        + " MX."));
            case "certificate-expired" ->
                new Wording(
                        "certificate expired",
                        "the certificate has expired",
                        "somebody {way} shows an old certificate",
                        "a certificate of the MX has expired",
                        List.of(
                                "See which certificate the MX shows, and until when it is valid:" + ASK_MX + SHOW
                                        + "-subject -enddate",
                                "Renew the certificate and reload the mail server: often the file is new and the server"
                                        + " still has the old one. Look at every MX and each of its addresses, IPv6 too.",
                                "Check that renewal and reload run by themselves."));
            case "certificate-not-trusted" ->
                new Wording(
                        "certificate not trusted",
                        "the certificate is not one that it trusts",
                        "somebody {way} intercepts connections with a certificate that nobody vouches for",
                        "the MX shows a self-signed certificate, or one without its intermediate certificates",
                        List.of(
                                "Look at the certificate and its chain; this must end with \"Verify return code: 0"
                                        + " (ok)\":" + ASK_MX,
                                "If it does not, give the mail server a certificate of a public authority together with"
                                        + " the intermediate ones (fullchain.pem, not cert.pem)."));
            case "validation-failure" ->
                new Wording(
                        "certificate not valid",
                        "the certificate could not be validated",
                        "somebody {way} leads connections to another server, or intercepts them",
                        "the certificate, its name or its chain is wrong, or the MX is not in the policy (some senders"
                                + " have this one word for all certificate faults)",
                        List.of(
                                "Look at each MX; this must end with \"Verify return code: 0 (ok)\":" + ASK_MX,
                                "Look at its name and its date; the MX must be named, and the date be one to come:"
                                        + ASK_MX + SHOW + "-ext subjectAltName -enddate",
                                "Compare the MX records with the mx lines of " + POLICY
                                        + ", if you have one: they must cover every MX."));
            case "tlsa-invalid" ->
                new Wording(
                        "TLSA records do not match",
                        "the certificate does not match the TLSA records",
                        "somebody {way} intercepts connections: the certificate is not the one that DNS names",
                        "the certificate was renewed and the TLSA records were not",
                        List.of(
                                "Look at the records, of which the usual one begins with 3 1 1:" + NEXT + TLSA,
                                "Compare its rest with the key that the MX has:" + ASK_MX + SHOW
                                        + "-pubkey | openssl pkey -pubin -outform DER | openssl sha256",
                                "Publish a record for the present key. Next time publish that of the new key two days"
                                        + " before it is used, or keep the key when you renew."));
            case "dnssec-invalid" ->
                new Wording(
                        "DNSSEC not valid",
                        "the DNS answers could not be validated with DNSSEC",
                        "somebody {way} alters DNS answers",
                        "signatures of the zone have expired, or its DS record is wrong",
                        List.of(
                                "Ask a resolver that validates; neither may be answered with SERVFAIL:" + NEXT
                                        + "dig +dnssec MX {domain}" + NEXT + TLSA,
                                "If one is, look at signatures, keys and DS record of the zone (a DNSSEC debugger"
                                        + " shows which is wrong), and sign the zone anew."));
            case "dane-required" ->
                new Wording(
                        "no TLSA records",
                        "it insists on DANE and found no usable TLSA records",
                        "somebody {way} hides the TLSA records",
                        "the TLSA records are gone, or not signed",
                        List.of("Look at the TLSA records of each MX; there must be one, and the flag ad:" + NEXT
                                + TLSA));
            case "sts-policy-fetch-error" ->
                new Wording(
                        "MTA-STS policy not to be had",
                        "the MTA-STS policy could not be fetched",
                        "somebody {way} blocks the policy host, so that senders do without the policy",
                        "the policy host is away, slow, or has a wrong certificate",
                        List.of(
                                "Fetch it from outside your own network, by IPv4 and IPv6; it must answer 200 within"
                                        + " seconds, with a valid certificate and no redirect:" + FETCH,
                                "Look whether the web server, a firewall or a content network refuses programs that are"
                                        + " no browsers."));
            case "sts-policy-invalid" ->
                new Wording(
                        "MTA-STS policy with a mistake",
                        "the MTA-STS policy could not be understood",
                        "somebody {way} serves another text in place of the policy",
                        "the policy file has a mistake",
                        List.of("Look at it; it needs version: STSv1, mode: enforce (or testing), mx: with a host, and"
                                + " max_age: with seconds, each on a line of its own, and the content type text/plain:"
                                + FETCH));
            case "sts-webpki-invalid" ->
                new Wording(
                        "certificate of the policy host not valid",
                        "the certificate of the MTA-STS policy's host is not valid",
                        "somebody {way} impersonates the policy host",
                        "the certificate of the policy host has expired, or does not name it",
                        List.of(
                                "See what is wrong with the certificate of mta-sts.{domain}, its name, date or chain:"
                                        + FETCH,
                                "Renew that one: it is the web server's, not the MX's."));
            default ->
                new Wording(
                        resultType,
                        "sessions failed in a way that RFC 8460 does not name",
                        "something {way} makes sessions fail",
                        "something fails that senders name in words of their own",
                        List.of("Look at the reasons in these reports, and ask the sender what it means:" + NEXT
                                + "GET /api/v1/failures?domain={domain}&groupBy=failureReasonCode"));
        };
    }

    /** The text with the names of an alert in it. */
    static String filled(String text, String way, String mx, String domain) {
        return text.replace("{way}", way).replace("{mx}", mx).replace("{domain}", domain);
    }
}
