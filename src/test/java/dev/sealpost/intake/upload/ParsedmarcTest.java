package dev.sealpost.intake.upload;

import static dev.sealpost.intake.upload.Packing.gzip;
import static dev.sealpost.intake.upload.Packing.json;
import static dev.sealpost.intake.upload.Packing.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;

import dev.sealpost.report.FailureDetail;
import dev.sealpost.report.Limits;
import dev.sealpost.report.Policy;
import dev.sealpost.report.Readable;
import dev.sealpost.report.Report;
import dev.sealpost.report.ReportReader;
import org.junit.jupiter.api.Test;

/** parsedmarc's own JSON of SMTP TLS reports. */
class ParsedmarcTest {
    private static final String DETAIL = """
            {"result_type":"validation-failure","failed_session_count":2,"sending_mta_ip":"192.0.2.201",
             "receiving_ip":"198.51.100.41","receiving_mx_hostname":"mx.example.com","receiving_mx_helo":"helo.example",
             "additional_info_uri":"https://sender.example/x","failure_reason_code":"X509"}""";
    private static final String REPORT = """
            {"organization_name":"Example Inc.","begin_date":"2024-01-09T00:00:00Z","end_date":"2024-01-09T23:59:59Z",
             "contact_info":"tls@sender.example","report_id":"2024-01-09T00:00:00Z_example.com","policies":[
             {"policy_domain":"example.com","policy_type":"sts","policy_strings":["version: STSv1","mode: testing"],
              "mx_host_patterns":["*.example.com"],"successful_session_count":12345678901,"failed_session_count":3,
              "failure_details":[%s]},
             {"policy_domain":"example.com","policy_type":"no-policy-found","successful_session_count":1,
              "failed_session_count":0}]}""".formatted(DETAIL);

    @Test
    void everythingIsAtItsPlaceAgain() {
        Report report = only(REPORT);
        assertThat(report.organizationName()).isEqualTo("Example Inc.");
        assertThat(report.contactInfo()).isEqualTo("tls@sender.example");
        assertThat(report.reportId()).isEqualTo("2024-01-09T00:00:00Z_example.com");
        assertThat(report.dateRange().start()).isEqualTo("2024-01-09T00:00:00Z");
        assertThat(report.dateRange().end()).isEqualTo("2024-01-09T23:59:59Z");
        assertThat(report.flags()).isEmpty();
        Policy policy = report.policies().getFirst();
        assertThat(policy.totalSuccessfulSessionCount()).isEqualTo(12_345_678_901L);
        assertThat(policy.totalFailureSessionCount()).isEqualTo(3);
        assertThat(policy.policyString()).containsExactly("version: STSv1", "mode: testing");
        assertThat(policy.mxHost()).containsExactly("*.example.com");
        FailureDetail detail = policy.failureDetails().getFirst();
        assertThat(List.of(
                        String.valueOf(detail.resultType()),
                        String.valueOf(detail.sendingMtaIp()),
                        String.valueOf(detail.receivingIp()),
                        String.valueOf(detail.receivingMxHostname()),
                        String.valueOf(detail.receivingMxHelo()),
                        String.valueOf(detail.failedSessionCount()),
                        String.valueOf(detail.additionalInformation()),
                        String.valueOf(detail.failureReasonCode())))
                .usingElementComparator((a, b) -> a.contains(b) ? 0 : 1)
                .containsExactly(
                        "validation-failure",
                        "192.0.2.201",
                        "198.51.100.41",
                        "mx.example.com",
                        "helo.example",
                        "2",
                        "https://sender.example/x",
                        "X509");
        assertThat(report.policies().get(1).failureDetails()).isEmpty();
    }

    @Test
    void listsLinesAndTheCombinedOutputAreTakenApart() {
        String other = REPORT.replace("_example.com\"", "_b\"");
        assertThat(Found.in(utf8("[" + REPORT + "," + other + "]")).reports()).hasSize(2);
        assertThat(Found.in(gzip(utf8(REPORT.replace("\n", "") + "\n" + other.replace("\n", "") + "\n")))
                        .reports())
                .hasSize(2);
        String combined = "{\"aggregate_reports\":[{\"report_metadata\":{\"report_id\":\"x\"}}],\"failure_reports\":[],"
                + "\"smtp_tls_reports\":[" + REPORT + "," + other + "]}";
        assertThat(Found.in(utf8(combined)).reports()).hasSize(2);
        Found none = Found.in(utf8("{\"aggregate_reports\":[],\"smtp_tls_reports\":[]}"));
        assertThat(none.mailsWithoutReport()).isEqualTo(1);
        assertThat(none.documents()).isEmpty();
    }

    @Test
    void valuesKeepTheirDigitsAndTheirForm() {
        String odd = REPORT.replace("12345678901", "1.50e3")
                .replace("\"failed_session_count\":3", "\"failed_session_count\":\"3\"")
                .replace("Example Inc.", "Ex\\ud800 \\u00e9")
                .replace("\"tls@sender.example\"", "[\"a@x.example\",null]");
        assertThat(new String(Found.in(utf8(odd)).documents().getFirst(), StandardCharsets.US_ASCII))
                .contains("\"total-successful-session-count\":1.50e3", "\"total-failure-session-count\":\"3\"")
                .contains("\"Ex\\uD800 \\u00E9\"", "\"contact-info\":[\"a@x.example\",null]");
    }

    @Test
    void whatIsMissingStaysMissing() {
        Found noDates = Found.in(utf8(REPORT.replace("\"begin_date\":\"2024-01-09T00:00:00Z\",", "")));
        assertThat(noDates.unreadable()).isEqualTo(1);
        Report bare = only("{\"report_id\":\"a\",\"begin_date\":\"2024-01-09T00:00:00Z\","
                + "\"end_date\":\"2024-01-10T00:00:00Z\",\"policies\":[{\"policy_domain\":\"example.com\"},7]}");
        assertThat(bare.policies()).hasSize(1);
        assertThat(bare.policies().getFirst().totalSuccessfulSessionCount())
                .as("as without a summary")
                .isZero();
        Found broken = Found.in(utf8(REPORT.substring(0, 300)));
        assertThat(broken.unreadable()).isEqualTo(1);
        assertThat(broken.documents().getFirst()).as("as it came").isEqualTo(utf8(REPORT.substring(0, 300)));
    }

    @Test
    void theStandardsOwnShapeIsLeftAlone() {
        assertThat(Parsedmarc.reports(utf8(json("a")))).isEmpty();
        assertThat(Parsedmarc.reports(utf8("{\"policies\":[]}"))).isEmpty();
        assertThat(Parsedmarc.reports(utf8("[]"))).isEmpty();
    }

    private static Report only(String text) {
        List<byte[]> documents = Found.in(utf8(text)).documents();
        assertThat(documents).hasSize(1);
        assertThat(new ReportReader(Limits.DEFAULT).read(documents.getFirst())).isInstanceOf(Readable.class);
        return ((Readable) new ReportReader(Limits.DEFAULT).read(documents.getFirst())).report();
    }
}
