package dev.sealpost.report;

import static dev.sealpost.report.Samples.detail;
import static dev.sealpost.report.Samples.detailed;
import static dev.sealpost.report.Samples.policy;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailureDetailsTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0, ",
        "5, 5, ",
        "2147483648, 2147483648, ",
        "9007199254740993, 9007199254740993, ",
        "9223372036854775807, 9223372036854775807, ",
        "9223372036854775808, , BAD_COUNT",
        "1e3, 1000, COUNT_FLOAT",
        "2.0, 2, COUNT_FLOAT",
        "2.5, , BAD_COUNT",
        "0e999999999, 0, COUNT_FLOAT",
        "\"7\", 7, COUNT_STRING",
        "\"x\", , BAD_COUNT",
        "\"٣\", , BAD_COUNT",
        "-1, , BAD_COUNT",
        "-2.0, , BAD_COUNT",
        "1e400, , BAD_COUNT",
        "1e999999999, , BAD_COUNT",
        "1e-999999999, , BAD_COUNT",
        "NaN, , BAD_COUNT",
        "true, , BAD_COUNT",
        "{}, , BAD_COUNT",
        "null, 0, NO_SUCCESS_COUNT"
    })
    void counts_areNonNegativeWholeNumbers(String written, Long expected, Flag flag) {
        Policy policy = policy("{\"policy\":{},\"summary\":{\"total-successful-session-count\":" + written + "}}");
        assertThat(policy.totalSuccessfulSessionCount()).isEqualTo(expected);
        assertThat(policy.flags()).contains(flag == null ? Flag.NO_FAILURE_COUNT : flag);
        assertThat(policy.flags().contains(Flag.BAD_COUNT)).isEqualTo(flag == Flag.BAD_COUNT);
    }

    @Test
    void missingFailedSessionCount_isOne() {
        assertThat(detail("\"result-type\":\"x\"").failedSessionCount()).isEqualTo(1);
        assertThat(detail("\"failed-session-count\":null").failedSessionCount()).isEqualTo(1);
        assertThat(detailed("\"result-type\":\"x\"").flags()).contains(Flag.NO_FAILED_COUNT);
        assertThat(detail("\"failed-session-count\":-1").failedSessionCount()).isNull();
    }

    @Test
    void resultType_isLowerCased_andUnknownOnesAreKept() {
        assertThat(detail("\"result-type\":\"Certificate-Expired\"").resultType())
                .isEqualTo(ResultType.CERTIFICATE_EXPIRED);
        assertThat(detailed("\"result-type\":\"ech-required\"").flags()).contains(Flag.UNKNOWN_RESULT_TYPE);
        assertThat(detail("\"result-type\":\"ech-required\"").resultType()).isEqualTo(new ResultType("ech-required"));
        assertThat(detail("\"x\":1").resultType()).isNull();
        assertThat(detailed("\"x\":1").flags()).contains(Flag.NO_RESULT_TYPE);
    }

    @ParameterizedTest
    @CsvSource({
        "starttls-not-supported, STARTTLS",
        "certificate-host-mismatch, CERTIFICATE",
        "certificate-expired, CERTIFICATE",
        "certificate-not-trusted, CERTIFICATE",
        "validation-failure, VALIDATION",
        "tlsa-invalid, DANE",
        "dnssec-invalid, DANE",
        "dane-required, DANE",
        "sts-policy-fetch-error, STS",
        "sts-policy-invalid, STS",
        "sts-webpki-invalid, STS"
    })
    void registeredResultTypes_haveTheirClass(String value, ResultClass resultClass) {
        ResultType type = detail("\"result-type\":\"" + value + "\"").resultType();
        assertThat(type).isIn(ResultType.REGISTERED);
        assertThat(ResultType.of(value).resultClass()).isEqualTo(resultClass);
        assertThat(ResultType.of(value).registered()).isTrue();
        assertThat(new ResultType(value + "x").resultClass()).isEqualTo(ResultClass.OTHER);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "2001:db8::1, 2001:db8::1",
        "2001:0DB8:0:0:0:0:0:1, 2001:db8::1",
        "::ffff:192.0.2.1, 192.0.2.1",
        "::FFFF:c000:0201, 192.0.2.1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:db8::1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "::, ::",
        "::1, ::1",
        "fe80::, fe80::",
        "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
        "1:2:3:4:5:6::, 1:2:3:4:5:6::"
    })
    void addresses_haveOneText(String written, String expected) {
        Policy policy = detailed("\"sending-mta-ip\":\"" + written + "\",\"receiving-ip\":\" " + written + " \"");
        FailureDetail detail = policy.failureDetails().getFirst();
        assertThat(detail.sendingMtaIp()).isEqualTo(expected);
        assertThat(detail.receivingIp()).isEqualTo(expected);
        assertThat(policy.flags()).doesNotContain(Flag.BAD_IP);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x.x.x.x",
                "192.0.2.01",
                "192.0.2",
                "192.0.2.256",
                "1.2.3.4.5",
                "fe80::1%eth0",
                "[::1]",
                "1::2::3",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7:",
                ":1",
                "1:2:3:4:5:6:7",
                "12345::",
                "::ffff:192.0.2.01",
                "localhost",
                "2130706433",
                "0x7f.1",
                "1:2:3:4:5:6:7:8::",
                "a::b::"
            })
    void oddAddresses_areKeptAsText(String written) {
        Policy policy = detailed("\"sending-mta-ip\":\"" + written + "\"");
        assertThat(policy.failureDetails().getFirst().sendingMtaIp()).isEqualTo(written);
        assertThat(policy.flags()).contains(Flag.BAD_IP);
    }

    @Test
    void emptyFields_areAbsent() {
        Policy policy = detailed("\"sending-mta-ip\":\"\",\"receiving-ip\":\"\",\"receiving-mx-hostname\":\"\","
                + "\"additional-information\":\"\",\"receiving-mx-helo\":\"\",\"failure-reason-code\":\"\"");
        assertThat(policy.failureDetails())
                .containsExactly(new FailureDetail(null, null, null, null, null, 1L, null, null));
        assertThat(policy.flags()).contains(Flag.EMPTY_FIELD);
    }

    @Test
    void hostNames_areLowerCasedWithoutDot_andTheAliasIsKnown() {
        assertThat(detail("\"receiving-mx-hostname\":\"MX.Example.\"").receivingMxHostname())
                .isEqualTo("mx.example");
        assertThat(detail("\"receiving-mx-host-name\":\"mx.example\"").receivingMxHostname())
                .isEqualTo("mx.example");
        assertThat(detail("\"receiving-mx-hostname\":\"a\",\"receiving-mx-host-name\":\"b\"")
                        .receivingMxHostname())
                .isEqualTo("a");
    }

    @Test
    void additionalInformation_isKeptAsText() {
        assertThat(detail("\"additional-info-uri\":\"https://a.example\"").additionalInformation())
                .isEqualTo("https://a.example");
        assertThat(detail("\"additional-information\":{ \"a\" : [1, 1e999, null, \"\\u0007x\"] }")
                        .additionalInformation())
                .isEqualTo("{\"a\":[1,1e999,null,\"\\u0007x\"]}");
        assertThat(detail("\"additional-information\":12").additionalInformation())
                .isEqualTo("12");
        assertThat(detailed("\"additional-information\":[]").flags()).contains(Flag.NOT_A_STRING);
    }

    @Test
    void helo_keepsItsWordsApart() {
        FailureDetail detail = detail("\"receiving-mx-helo\":\"250-mx.example\\r\\n250 SIZE\\u0000 1\"");
        assertThat(detail.receivingMxHelo()).isEqualTo("250-mx.example 250 SIZE 1");
    }

    @Test
    void details_mayBeMissingNullEmptyOrOneObject() {
        assertThat(policy("{\"policy\":{},\"failure-details\":null}").failureDetails())
                .isEmpty();
        assertThat(policy("{\"policy\":{},\"failure-details\":[]}").failureDetails())
                .isEmpty();
        Policy one = policy("{\"policy\":{},\"failure-details\":{\"failed-session-count\":3}}");
        assertThat(one.failureDetails()).hasSize(1);
        assertThat(one.flags()).contains(Flag.DETAILS_NOT_ARRAY);
        assertThat(policy("{\"policy\":{},\"failure-details\":[1,{}]}").flags()).contains(Flag.BAD_DETAIL);
    }

    @Test
    void sumAndTypesThatDoNotFit_areFlaggedOnly() {
        Policy policy = detailed("\"result-type\":\"tlsa-invalid\",\"failed-session-count\":3");
        assertThat(policy.totalFailureSessionCount()).isZero();
        assertThat(policy.flags()).contains(Flag.DETAILS_SUM_DIFFERS, Flag.RESULT_TYPE_OF_OTHER_POLICY);
    }

    @Test
    void texts_areCleanedAndCut_neverInsideASurrogatePair() {
        Policy policy = detailed("\"failure-reason-code\":\"" + "a".repeat(2_047) + "\uD83D\uDE00\"");
        assertThat(policy.failureDetails().getFirst().failureReasonCode()).isEqualTo("a".repeat(2_047));
        assertThat(policy.flags()).contains(Flag.SHORTENED);
        assertThat(detail("\"failure-reason-code\":\"" + "a".repeat(2_046) + "\uD83D\uDE00\"")
                        .failureReasonCode())
                .endsWith("\uD83D\uDE00");
        assertThat(detail("\"failure-reason-code\":\"a\\u0000b\\ud800c\\u0085\"")
                        .failureReasonCode())
                .isEqualTo("ab\uFFFDc");
        assertThat(detailed("\"failure-reason-code\":\"a\\u0000b\"").flags()).contains(Flag.CONTROL_CHARACTERS);
    }
}
