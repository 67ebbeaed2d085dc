package dev.sealpost.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import org.jspecify.annotations.Nullable;

/** The report object (RFC 8460, section 4.4), member by member in any order; unknown members are passed over. */
final class ReportParser {
    private final JsonParser json;
    private final Limits limits;
    private final Set<Flag> flags;
    private final PolicyParser policyParser;
    private final Seen seen;
    private @Nullable String organizationName;
    private @Nullable String contactInfo;
    private @Nullable String reportId;
    private @Nullable DateRange dateRange;
    private @Nullable List<Policy> policies;

    ReportParser(JsonParser json, JsonFactory factory, Limits limits, Set<Flag> flags) {
        this.json = json;
        this.limits = limits;
        this.flags = flags;
        this.policyParser = new PolicyParser(json, factory, limits);
        this.seen = new Seen(flags);
    }

    /** Reads to the end of the object whose beginning is the current token. */
    void read() throws IOException {
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            switch (name) {
                case "organization-name" -> {
                    seen.add(1);
                    organizationName = Values.textOrAbsent(json, Limits.MAX_ORGANIZATION_CHARS, flags);
                }
                case "date-range" -> {
                    seen.add(1 << 1);
                    dateRange = DateRangeParser.read(json, flags);
                }
                case "contact-info" -> {
                    seen.add(1 << 2);
                    contactInfo = Values.textOrAbsent(json, Limits.MAX_CONTACT_CHARS, flags);
                }
                case "report-id" -> {
                    seen.add(1 << 3);
                    reportId = Values.strictText(json, Limits.MAX_REPORT_ID_CHARS, flags);
                }
                case "policies" -> {
                    seen.add(1 << 4);
                    policies = readPolicies();
                }
                default -> json.skipChildren();
            }
        }
    }

    /** Says whether something other than white space follows the object. */
    void trailing(boolean data) {
        if (data) {
            flags.add(Flag.TRAILING_DATA);
        }
    }

    /** The report, or why the object is none. */
    Report report() throws Refused {
        if (seen.none()) {
            throw new Refused(Reason.NOT_A_REPORT, "JSON object without any member of a TLS report");
        }
        if (reportId == null || reportId.isEmpty()) {
            throw new Refused(Reason.NO_REPORT_ID, "report-id is missing, empty or not a string");
        }
        if (dateRange == null) {
            throw new Refused(Reason.NO_DATES, "date-range is missing or not readable");
        }
        if (policies == null) {
            throw new Refused(Reason.NO_POLICIES, "policies is missing or not an array");
        }
        if (organizationName == null) {
            flags.add(Flag.NO_ORGANIZATION_NAME);
        }
        if (contactInfo == null) {
            flags.add(Flag.NO_CONTACT_INFO);
        }
        if (policies.isEmpty()) {
            flags.add(Flag.NO_POLICIES);
        }
        List<Policy> kept = DistinctValues.limit(policies, limits, flags);
        return new Report(organizationName, dateRange, contactInfo, reportId, kept, flags);
    }

    private @Nullable List<Policy> readPolicies() throws IOException {
        List<Policy> read = new ArrayList<>();
        policyParser.restart();
        if (json.currentToken() == JsonToken.START_OBJECT) {
            flags.add(Flag.POLICIES_NOT_ARRAY);
            read.add(policyParser.read(flags));
            return read;
        }
        if (json.currentToken() != JsonToken.START_ARRAY) {
            return null;
        }
        for (JsonToken token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
            if (token != JsonToken.START_OBJECT) {
                flags.add(Flag.BAD_POLICY);
                json.skipChildren();
            } else if (read.size() == limits.maxPolicies()) {
                flags.add(Flag.POLICIES_CUT);
                json.skipChildren();
            } else {
                read.add(policyParser.read(flags));
            }
        }
        return read;
    }
}
