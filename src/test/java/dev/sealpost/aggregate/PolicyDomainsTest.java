package dev.sealpost.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;

import dev.sealpost.origin.MailClaims;
import dev.sealpost.report.DateRange;
import dev.sealpost.report.DomainName;
import dev.sealpost.report.Policy;
import dev.sealpost.report.Report;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the domain of a policy comes from. */
class PolicyDomainsTest {
    private static final Instant DAY = Instant.parse("2026-11-01T00:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "2026-11-01T00:00:00Z_example.com, example.com",
        "133944884956529435+example.com, example.com",
        "133944884956529435+Example.COM, example.com",
        "2026-11-01_idx3_example.com, example.com",
        "133944884956529435+, ''",
        "8f14e45f@mail.ru, ''",
        "20261101.example.com@sender.example, ''",
        "1793491200_0f3a, ''",
        "example.com, ''",
        "a_no domain.here, ''"
    })
    void aMissingDomainIsTakenFromTheEndOfTheReportId(String reportId, String domain) {
        assertThat(PolicyDomains.of(report(reportId, null), null)).containsExactly(domain);
    }

    @Test
    void theMailIsAskedBeforeTheReportIdAndTheBodyBeforeBoth() {
        MailClaims claims = new MailClaims("mail.example", null, null);
        assertThat(PolicyDomains.of(report("1+id.example", null), claims)).containsExactly("mail.example");
        assertThat(PolicyDomains.of(report("1+id.example", "own.example"), claims))
                .containsExactly("own.example");
    }

    private static Report report(String reportId, @Nullable String domain) {
        Policy policy = new Policy(
                null,
                List.of(),
                domain == null ? null : new DomainName(domain),
                List.of(),
                1L,
                0L,
                List.of(),
                Set.of());
        return new Report("Reporter", new DateRange(DAY, DAY), null, reportId, List.of(policy), Set.of());
    }
}
