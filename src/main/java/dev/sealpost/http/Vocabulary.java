package dev.sealpost.http;

import java.util.List;
import java.util.Map;

import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;

/**
 * What a member means that is called the same in many answers, for the OpenAPI document. What an answer says of a member
 * itself goes before. A member whose description speaks of null may be null.
 */
final class Vocabulary {
    /** Types of the language that are texts of a format. */
    private static final Map<String, String> FORMATS =
            Map.of("Instant", "date-time", "LocalDate", "date", "UUID", "uuid");

    private static final Map<String, String> MEANINGS = Map.ofEntries(
            Map.entry("id", "Id within this list"),
            Map.entry("items", "This page of the list"),
            Map.entry("next", "The cursor that goes on; null at the end"),
            Map.entry("from", "First UTC day"),
            Map.entry("to", "Last UTC day, included"),
            Map.entry("rows", "This page of the groups"),
            Map.entry("groupBy", "What a row is about, in the order of the question"),
            Map.entry("interval", "The period of a row"),
            Map.entry("day", "UTC day, such as 2026-11-23; of a report that of its start"),
            Map.entry("week", "ISO 8601 week, such as 2026-W48"),
            Map.entry("month", "Month, such as 2026-11"),
            Map.entry("domain", "Policy domain, lower-case A-label form"),
            Map.entry("domains", "Policy domains, lower-case A-label form"),
            Map.entry("organization", "The reporter as it writes itself; null if it gives no name"),
            Map.entry("reportId", "The report's id as its reporter gave it"),
            Map.entry("contactInfo", "Where the reporter can be asked; null if it does not say"),
            Map.entry("policyType", "Type of the policy applied: sts, tlsa, no-policy-found, or another as reported"),
            Map.entry("policyDomain", "Domain of the policy as reported; null if it is none"),
            Map.entry("attributedDomain", "The domain the policy is counted for; null if nobody knows"),
            Map.entry("policyString", "The policy as the reporter saw it, line by line"),
            Map.entry("mxHost", "MX host patterns of the policy"),
            Map.entry("resultType", "Result type (RFC 8460, section 4.3), registered or not; null if none was given"),
            Map.entry("resultClass", "Class of the result type: what has to be looked at"),
            Map.entry("receivingMxHostname", "Receiving MX host as reported; null if none was"),
            Map.entry("receivingMxHelo", "What the receiving MX called itself; null if not reported"),
            Map.entry("receivingIp", "Address of the receiving MX; null if not reported"),
            Map.entry("sendingMtaIp", "Address of the sending MTA; null if not reported"),
            Map.entry("failureReasonCode", "The reporter's own code or text of the failure; null if not reported"),
            Map.entry("additionalInformation", "Where the reporter says more; null if nowhere"),
            Map.entry("failureDetails", "What failed, one entry a kind of failure"),
            Map.entry("policies", "What the reporter saw, policy by policy, in its order"),
            Map.entry("successfulSessions", "Sessions that succeeded; null where the reporter's count is unusable"),
            Map.entry("failedSessions", "Sessions that failed; null where the reporter's count is unusable"),
            Map.entry("failureRate", "Failed of all sessions, 0 to 1; null without sessions"),
            Map.entry("flags", "What was unusual about it, and what of it was healed"),
            Map.entry("counts", "Whether it is part of the numbers"),
            Map.entry("contested", "Whether another version of it is as well proven"),
            Map.entry("duplicates", "How often the same came again; null in a list"),
            Map.entry("conflicts", "Ids of other versions of this report; null if there are none"),
            Map.entry("receipt", "The number the door answered with"),
            Map.entry("received", "When it came"),
            Map.entry("start", "Begin of the time reported about"),
            Map.entry("end", "End of the time reported about"),
            Map.entry("channel", "The kind of door it came through: https, mailbox or upload"),
            Map.entry("provenance", "What was verified of who sent it"),
            Map.entry("source", "Who brought it: an address, a mailbox or an uploader"),
            Map.entry("mail", "What the mail that brought it says of it; null if no mail did"),
            Map.entry("reportDomain", "The domain that the mail's headers name; null if none"),
            Map.entry("submitter", "The reporter that the mail's headers name; null if none"),
            Map.entry("judgement", "Why the mail was found to be what provenance says; null if not judged"),
            Map.entry("reason", "Why, in one word with hyphens; null where nothing was refused"),
            Map.entry("reasons", "How many for which reason"),
            Map.entry("detail", "The same in a sentence, for people"),
            Map.entry("bytes", "Bytes"),
            Map.entry("repeats", "How often the same bytes came again"),
            Map.entry("total", "Bytes to read; null if nobody knows"),
            Map.entry("read", "Documents handed to the door"),
            Map.entry("accepted", "Documents that are durable reports"),
            Map.entry("rejected", "Documents that were refused again"),
            Map.entry("stored", "Reports in the tables that came first with this; null in a list"),
            Map.entry("quarantined", "Documents without a readable report"),
            Map.entry("withoutReport", "Mails that hold no report"),
            Map.entry("skipped", "What was too large or broken to be looked at"),
            Map.entry("skippedReasons", "How many for which reason"),
            Map.entry("started", "When it began"),
            Map.entry("finished", "When it ended; null while it runs"),
            Map.entry("state", "How it stands"),
            Map.entry("status", "What became of it"),
            Map.entry("name", "Its name"),
            Map.entry("backlog", "Mails that are still to be read"),
            Map.entry("mailsPerSecond", "Mails a second when it was last read"),
            Map.entry("lastPoll", "When the mail server was last asked; null if never"),
            Map.entry("lastSuccess", "When everything there was handed over; null if never"),
            Map.entry("lastError", "What is wrong now, in one line; empty if nothing is"),
            Map.entry("role", "What it may do"),
            Map.entry("tenant", "The tenant it belongs to; null leaves or takes the default"),
            Map.entry("created", "When it was made"),
            Map.entry("expires", "When it ends (RFC 3339); null if never"),
            Map.entry("mxHosts", "The hosts that take the domain's mail; null leaves them as they are"),
            Map.entry("previous", "The same over as many days before"),
            Map.entry("empty", "Whether the mail says nothing"),
            Map.entry("firstDay", "First UTC day of the row's failures"),
            Map.entry("lastDay", "Last UTC day of the row's failures"));

    private Vocabulary() {}

    /** Completes all schemas. */
    static void complete(Components components) {
        Map<String, Schema> schemas = components.getSchemas();
        if (schemas == null) {
            return;
        }
        for (Schema schema : schemas.values()) {
            if (schema.getProperties() != null) {
                schema.getProperties().forEach(Vocabulary::complete);
            }
        }
        FORMATS.keySet().forEach(components::removeSchema);
    }

    private static void complete(String name, Schema member) {
        text(member);
        if (member.getItems() != null) {
            text(member.getItems());
        }
        if (member.getDescription() == null) {
            member.setDescription(MEANINGS.get(name));
        }
        String description = member.getDescription();
        List<SchemaType> types = member.getType();
        if (description != null
                && description.matches(".*\\bnull\\b.*")
                && types != null
                && !types.contains(SchemaType.NULL)) {
            member.addType(SchemaType.NULL);
        }
    }

    private static void text(Schema member) {
        String ref = member.getRef();
        String format = ref == null ? null : FORMATS.get(ref.substring(ref.lastIndexOf('/') + 1));
        if (format != null) {
            member.setRef(null);
            member.setType(List.of(SchemaType.STRING));
            member.setFormat(format);
        }
    }
}
