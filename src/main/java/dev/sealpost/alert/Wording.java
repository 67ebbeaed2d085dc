package dev.sealpost.alert;

/**
 * What a result type of RFC 8460, section 4.3 means, and what to look at first: the one place where that is said.
 *
 * @param meaning what the sender saw
 * @param attack what it is if somebody is on the way
 * @param fault what it is if nobody is
 * @param check what to look at first
 */
record Wording(String meaning, String attack, String fault, String check) {
    /** The words for a result type. */
    static Wording of(String resultType) {
        return switch (resultType) {
            case "starttls-not-supported" ->
                new Wording(
                        "the MX did not offer STARTTLS",
                        "somebody on the way, or a firewall that inspects SMTP, removes STARTTLS from the MX's answer",
                        "the MX, or a firewall in front of it, no longer offers STARTTLS",
                        "Connect to the MX from outside your own network (openssl s_client -starttls smtp -connect"
                                + " HOST:25) and look for 250-STARTTLS. XXXXXXXA in its place is a firewall that"
                                + " inspects SMTP: switch that off.");
            case "certificate-host-mismatch" ->
                new Wording(
                        "the certificate does not name the MX host",
                        "connections are led to another server, or intercepted with a certificate of another name",
                        "the MX has a certificate that does not name it",
                        "Compare the names in the MX's certificate with your MX records and with the mx lines of the"
                                + " policy.");
            case "certificate-expired" ->
                new Wording(
                        "the certificate has expired",
                        "an old certificate is shown",
                        "a certificate of the MX has expired",
                        "Renew the certificate of the MX named here and reload the mail server; check that renewal runs"
                                + " by itself.");
            case "certificate-not-trusted" ->
                new Wording(
                        "the certificate is not trusted",
                        "connections are intercepted with a certificate that nobody vouches for",
                        "the MX shows a self-signed certificate, or one without its intermediate certificates",
                        "Compare the fingerprint of the certificate that the sender got with yours, and check that the"
                                + " MX sends the whole chain.");
            case "validation-failure" ->
                new Wording(
                        "the certificate could not be validated (a general word that some senders use for all"
                                + " certificate faults)",
                        "connections are led to another server, or intercepted",
                        "the certificate, its name or its chain is wrong, or the MX is not in the policy",
                        "Check the certificate of each MX (name, date, chain), and that the mx lines of the policy cover"
                                + " every MX record.");
            case "tlsa-invalid" ->
                new Wording(
                        "the certificate does not match the TLSA records",
                        "connections are intercepted: the certificate is not the one that DNS names",
                        "the certificate was renewed and the TLSA records were not",
                        "Compare the TLSA records with the certificate of the MX; publish the new record before a new"
                                + " certificate is used.");
            case "dnssec-invalid" ->
                new Wording(
                        "the DNS answers could not be validated with DNSSEC",
                        "DNS answers are altered on the way to this sender",
                        "signatures of the zone have expired, or its DS record is wrong",
                        "Check the zone of the MX with a DNSSEC debugger: signatures, keys and the DS record.");
            case "dane-required" ->
                new Wording(
                        "the sender insists on DANE and found no usable TLSA records",
                        "TLSA records are hidden from this sender",
                        "the TLSA records are gone",
                        "Check that TLSA records of each MX are published and signed.");
            case "sts-policy-fetch-error" ->
                new Wording(
                        "the MTA-STS policy could not be fetched",
                        "somebody on the way blocks the policy host, so that senders do without the policy",
                        "the policy host is away, slow, or has a wrong certificate",
                        "Fetch https://mta-sts.DOMAIN/.well-known/mta-sts.txt from outside; look for time-outs,"
                                + " redirects (not allowed) and the certificate.");
            case "sts-policy-invalid" ->
                new Wording(
                        "the MTA-STS policy could not be understood",
                        "another text is served in place of the policy",
                        "the policy file has a mistake",
                        "Check the policy file: version, mode, mx and max_age, each on a line of its own, served as"
                                + " text/plain.");
            case "sts-webpki-invalid" ->
                new Wording(
                        "the policy host's certificate is not valid",
                        "the policy host is impersonated towards this sender",
                        "the certificate of the policy host has expired or does not name it",
                        "Check the certificate of mta-sts.DOMAIN: name, date and chain.");
            default ->
                new Wording(
                        "sessions failed in a way that RFC 8460 does not name",
                        "one sender fails where others do not",
                        "something fails that senders name in words of their own",
                        "Look at the failure details of these reports, and ask the sender what it means.");
        };
    }
}
