package dev.sealpost.mime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealpost.report.Limits;
import dev.sealpost.report.Reading;
import dev.sealpost.report.Rejection;
import dev.sealpost.report.ReportReader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MailCorpusTest {
    private final ReportReader reports = new ReportReader(Limits.DEFAULT);
    private final MailReader mails = new MailReader(reports);

    @ParameterizedTest
    @MethodSource("dev.sealpost.mime.MailCorpus#all")
    void everyReport_isFound_andNothingElse(MailCorpus.Case mail) {
        MailReading reading = mails.read(mail.mail());
        assertThat(reading.reports())
                .extracting(readable -> readable.report().reportId())
                .containsExactlyElementsOf(mail.ids());
        assertThat(reading.parts()).hasSameSizeAs(mail.ids());
        assertThat(reading.trouble()).isNull();
        assertThat(reading.kind()).isEqualTo(MailKind.REPORT);
    }

    @ParameterizedTest
    @MethodSource("dev.sealpost.mime.MailCorpus#all")
    void contents_areWhatTheDoorWouldRead(MailCorpus.Case mail) {
        for (MailPart part : mails.read(mail.mail()).parts()) {
            Reading again = reports.read(part.content());
            assertThat(again).isEqualTo(part.reading()).isNotInstanceOf(Rejection.class);
        }
    }
}
