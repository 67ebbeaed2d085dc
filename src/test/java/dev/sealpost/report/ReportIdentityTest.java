package dev.sealpost.report;

import static dev.sealpost.report.Samples.PLAIN;
import static dev.sealpost.report.Samples.report;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportIdentityTest {
    @Test
    void countsAndSpelling_doNotMatter() {
        ReportIdentity identity = ReportIdentity.of(report(PLAIN));
        assertThat(identity.hash()).hasSize(32);
        assertThat(ReportIdentity.of(report(PLAIN.replace(":40", ":41")))).isEqualTo(identity);
        assertThat(ReportIdentity.of(report(PLAIN.replace("Carrier", " CARRIER "))))
                .isEqualTo(identity)
                .hasSameHashCodeAs(identity);
        assertThat(ReportIdentity.of(report(PLAIN.replace("tls@", "other@")))).isEqualTo(identity);
    }

    @ParameterizedTest
    @CsvSource({
        "Carrier, Other",
        "r-1, r-2",
        "2026-11-01T00:00:00Z, 2026-11-01T00:00:01Z",
        "23:59:59Z, 23:59:58Z",
        "\"sts\", \"tlsa\"",
        "rcpt.example, two.example"
    })
    void everyPartOfIt_matters(String from, String to) {
        assertThat(ReportIdentity.of(report(PLAIN.replace(from, to)))).isNotEqualTo(ReportIdentity.of(report(PLAIN)));
    }

    @Test
    void orderAndRepetitionOfPolicies_doNotMatter() {
        String other = Samples.POLICY.replace("sts", "tlsa");
        assertThat(ReportIdentity.of(report(Samples.HEAD + ",\"policies\":[" + Samples.POLICY + "," + other + "]}")))
                .isEqualTo(ReportIdentity.of(
                        report(Samples.HEAD + ",\"policies\":[" + other + "," + Samples.POLICY + "," + other + "]}")));
    }

    @Test
    void withoutOrganization_theContactsDomainCounts() {
        String anonymous = PLAIN.replace("\"Carrier\"", "null");
        ReportIdentity identity = ReportIdentity.of(report(anonymous));
        assertThat(ReportIdentity.of(report(anonymous.replace("tls@carrier", "mailto:x@CARRIER"))))
                .isEqualTo(identity);
        assertThat(ReportIdentity.of(report(anonymous.replace("carrier.example", "other.example"))))
                .isNotEqualTo(identity);
        assertThat(ReportIdentity.of(report(anonymous.replace("\"tls@carrier.example\"", "null"))))
                .isNotEqualTo(identity);
    }

    @Test
    void neighbouringTexts_cannotBeShifted() {
        assertThat(ReportIdentity.of(report(PLAIN.replace("Carrier", "CarrierX"))))
                .isNotEqualTo(ReportIdentity.of(report(PLAIN.replace("r-1", "Xr-1"))));
    }
}
