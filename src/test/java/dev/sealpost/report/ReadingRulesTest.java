package dev.sealpost.report;

import static dev.sealpost.report.Samples.DATES;
import static dev.sealpost.report.Samples.HEAD;
import static dev.sealpost.report.Samples.PLAIN;
import static dev.sealpost.report.Samples.POLICY;
import static dev.sealpost.report.Samples.policy;
import static dev.sealpost.report.Samples.reason;
import static dev.sealpost.report.Samples.report;
import static dev.sealpost.report.Samples.terms;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadingRulesTest {
    @Test
    void standardReport_isReadWithoutFlags() {
        Report report = report(PLAIN);
        assertThat(report.organizationName()).isEqualTo("Carrier");
        assertThat(report.contactInfo()).isEqualTo("tls@carrier.example");
        assertThat(report.flags()).isEmpty();
        assertThat(report.dateRange().day()).hasToString("2026-11-01");
        Policy policy = report.policies().getFirst();
        assertThat(policy.policyType()).isEqualTo(PolicyType.STS);
        assertThat(policy.policyString()).containsExactly("version: STSv1");
        assertThat(policy.policyDomain()).hasToString("rcpt.example");
        assertThat(policy.mxHost()).containsExactly("*.rcpt.example");
        assertThat(policy.totalSuccessfulSessionCount()).isEqualTo(40);
        assertThat(policy.totalFailureSessionCount()).isZero();
        assertThat(policy.failureDetails()).isEmpty();
        assertThat(policy.flags()).isEmpty();
    }

    @Test
    void unknownMembers_onEveryLevel_arePassedOver() {
        String extra = "\"x\":{\"policies\":[{\"a\":[1,null,true]}]},";
        assertThat(report(PLAIN.replace("{\"", "{" + extra + "\""))).isEqualTo(report(PLAIN));
    }

    @Test
    void requiredMembers_areRequired() {
        assertThat(reason("{" + DATES + ",\"policies\":[]}")).isEqualTo(Reason.NO_REPORT_ID);
        assertThat(reason(PLAIN.replace("\"r-1\"", "\"\""))).isEqualTo(Reason.NO_REPORT_ID);
        assertThat(reason(PLAIN.replace("\"r-1\"", "\"\\u0000\""))).isEqualTo(Reason.NO_REPORT_ID);
        assertThat(reason(PLAIN.replace("\"r-1\"", "17"))).isEqualTo(Reason.NO_REPORT_ID);
        assertThat(reason("{\"report-id\":\"r\",\"policies\":[]}")).isEqualTo(Reason.NO_DATES);
        assertThat(reason(HEAD + "}")).isEqualTo(Reason.NO_POLICIES);
        assertThat(reason(HEAD + ",\"policies\":null}")).isEqualTo(Reason.NO_POLICIES);
    }

    @Test
    void organizationAndContact_mayBeMissing() {
        Report report = report("{\"report-id\":\"r\",\"contact-info\":null," + DATES + ",\"policies\":[]}");
        assertThat(report.organizationName()).isNull();
        assertThat(report.contactInfo()).isNull();
        assertThat(report.flags()).containsExactly(Flag.NO_ORGANIZATION_NAME, Flag.NO_CONTACT_INFO, Flag.NO_POLICIES);
    }

    @Test
    void duplicateMembers_theLastCounts() {
        Report report =
                report(PLAIN.replace("{\"organization-name\"", "{\"organization-name\":\"X\",\"organization-name\""));
        assertThat(report.organizationName()).isEqualTo("Carrier");
        assertThat(report.flags()).containsExactly(Flag.DUPLICATE_KEYS);
        Report policies = report(PLAIN.replace("\"policies\"", "\"policies\":[{},{}],\"policies\""));
        assertThat(policies.policies()).isEqualTo(report(PLAIN).policies());
        assertThat(policy(POLICY.replace("\"summary\"", "\"summary\":{},\"summary\""))
                        .flags())
                .containsExactly(Flag.DUPLICATE_KEYS);
        assertThat(terms("\"policy-type\":\"tlsa\",\"policy-type\":\"sts\"").policyType())
                .isEqualTo(PolicyType.STS);
    }

    @Test
    void policies_asAnObject_areOnePolicy() {
        Report report = report(HEAD + ",\"policies\":" + POLICY + "}");
        assertThat(report.policies()).isEqualTo(report(PLAIN).policies());
        assertThat(report.flags()).containsExactly(Flag.POLICIES_NOT_ARRAY);
    }

    @Test
    void badPolicy_doesNotSinkTheOthers() {
        Report report = report(HEAD + ",\"policies\":[7,[1],null," + POLICY + "]}");
        assertThat(report.policies()).isEqualTo(report(PLAIN).policies());
        assertThat(report.flags()).containsExactly(Flag.BAD_POLICY);
    }

    @Test
    void flattenedPolicy_isRead() {
        Policy policy = policy("{\"policy-type\":\"tlsa\",\"policy-domain\":\"mx.example\",\"summary\":{"
                + "\"total-successful-session-count\":1,\"total-failure-session-count\":2}}");
        assertThat(policy.policyType()).isEqualTo(PolicyType.TLSA);
        assertThat(policy.policyDomain()).hasToString("mx.example");
        assertThat(policy.totalFailureSessionCount()).isEqualTo(2);
        assertThat(policy.flags()).containsExactly(Flag.FLATTENED_POLICY);
    }

    @Test
    void emptyPolicy_isKeptWithNothingInIt() {
        Policy policy = policy("{}");
        assertThat(policy.policyType()).isNull();
        assertThat(policy.policyDomain()).isNull();
        assertThat(policy.flags())
                .contains(Flag.NO_POLICY_TYPE, Flag.NO_POLICY_DOMAIN, Flag.NO_SUMMARY, Flag.NO_SUCCESS_COUNT);
    }

    @Test
    void policyType_isLowerCased_andUnknownOnesAreKept() {
        assertThat(terms("\"policy-type\":\"STS\"").policyType()).isEqualTo(PolicyType.STS);
        assertThat(terms("\"policy-type\":\"STS\"").flags()).contains(Flag.CASE);
        Policy unknown = terms("\"policy-type\":\"dane-v2\"");
        assertThat(unknown.policyType()).isEqualTo(new PolicyType("dane-v2"));
        assertThat(unknown.flags()).contains(Flag.UNKNOWN_POLICY_TYPE);
        assertThat(terms("\"policy-type\":\"no-policy-found\"").flags()).doesNotContain(Flag.UNKNOWN_POLICY_TYPE);
    }

    @ParameterizedTest
    @CsvSource({
        "rcpt.example, rcpt.example, ",
        "Rcpt.Example., rcpt.example, HOST_NORMALISED",
        "göpher.test, xn--gpher-jua.test, U_LABEL",
        "_dmarc.example, _dmarc.example, ",
        "not a domain, , BAD_POLICY_DOMAIN",
        "'<b>', , BAD_POLICY_DOMAIN",
        "a..example, , BAD_POLICY_DOMAIN",
        "., , BAD_POLICY_DOMAIN",
        "'', , NO_POLICY_DOMAIN"
    })
    void policyDomain_isALowerCaseALabel(String written, String expected, Flag flag) {
        Policy policy = terms("\"policy-domain\":\"" + written + "\"");
        assertThat(policy.policyDomain()).isEqualTo(expected == null ? null : new DomainName(expected));
        if (flag == null) {
            assertThat(policy.flags()).doesNotContain(Flag.HOST_NORMALISED, Flag.BAD_POLICY_DOMAIN);
        } else {
            assertThat(policy.flags()).contains(flag);
        }
    }

    @Test
    void policyDomain_ofLabelsThatCannotFit_isNone() {
        // U+FDFA becomes 18 characters; from 1,024 on java.net.IDN throws what it does not document.
        for (String label : new String[] {"\ufdfa".repeat(63), "\ufdfa".repeat(64), "\u00e9".repeat(1_000)}) {
            Policy policy = terms("\"policy-domain\":\"" + label + ".example\"");
            assertThat(policy.policyDomain()).isNull();
            assertThat(policy.flags()).contains(Flag.BAD_POLICY_DOMAIN);
        }
        String fits = "\ud83d\ude00".repeat(40);
        assertThat(terms("\"policy-domain\":\"" + fits + "\u3002example\"").policyDomain())
                .isNotNull();
    }

    @Test
    void policyDomain_hasAtMost253Characters() {
        String domain = ("a".repeat(62) + ".").repeat(4).substring(0, 250) + ".aa";
        assertThat(terms("\"policy-domain\":\"" + domain + "\"").policyDomain()).hasToString(domain);
        assertThat(terms("\"policy-domain\":\"" + domain + "a\"").policyDomain())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[\"a\",\"b\"]|a;b|",
                "\"a\"|a|POLICY_STRING_NOT_ARRAY",
                "\"\"||POLICY_STRING_NOT_ARRAY",
                "null||",
                "[\"[\\\"3 1 1 AA\\\",\\\"3 1 1 BB\\\"]\"]|3 1 1 AA;3 1 1 BB|POLICY_STRING_NESTED",
                "[\"[1]\"]|[1]|",
                "[\"[\\\"a\\\"] b\"]|[\"a\"] b|",
                "[1,\"a\",{\"b\":1}]|1;a|NOT_A_STRING"
            })
    void policyString_isAListOfLines(String written, String expected, Flag flag) {
        Policy policy = terms("\"policy-string\":" + written);
        assertThat(String.join(";", policy.policyString())).isEqualTo(expected == null ? "" : expected);
        assertThat(policy.flags().contains(flag == null ? Flag.POLICY_STRING_NESTED : flag))
                .isEqualTo(flag != null);
    }

    @Test
    void lists_areBounded() {
        String lines = IntStream.range(0, 1_001).mapToObj(i -> "\"l" + i + "\"").collect(Collectors.joining(","));
        Policy policy = terms("\"policy-string\":[" + lines + "],\"mx-host\":[" + lines + "]");
        assertThat(policy.policyString()).hasSize(1_000);
        assertThat(policy.mxHost()).hasSize(1_000);
        assertThat(policy.flags()).contains(Flag.LIST_CUT);
        String nested = terms("\"policy-string\":[\"[" + lines.replace("\"", "\\\"") + "]\"]")
                .policyString()
                .getLast();
        assertThat(nested).isEqualTo("l999");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"mx-host\":[\"MX.Example.\",\"*.b.example\"]|mx.example;*.b.example|HOST_NORMALISED",
                "\"mx-host\":\"mx.example\"|mx.example|MX_HOST_NOT_ARRAY",
                "\"mx-host\":[\"mx: mx.example\"]|mx.example|MX_HOST_PREFIX",
                "\"mx-host-pattern\":[\"mx.example\"]|mx.example|ALIAS",
                "\"mx-host-pattern\":[\"a.example\"],\"mx-host\":[\"b.example\"]|b.example|ALIAS",
                "\"mx-host\":[\"b.example\"],\"mx-host-pattern\":[\"a.example\"]|b.example|ALIAS",
                "\"mx-host\":[\"\",\"no host!\"]|no host!|BAD_HOST"
            })
    void mxHost_isAListOfPatterns(String members, String expected, Flag flag) {
        Policy policy = terms(members);
        assertThat(String.join(";", policy.mxHost())).isEqualTo(expected);
        assertThat(policy.flags()).contains(flag);
    }
}
