package dev.sealpost.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.sealpost.origin.Channel;
import dev.sealpost.origin.MailClaims;
import dev.sealpost.origin.Origin;
import dev.sealpost.origin.OriginConfig;
import dev.sealpost.origin.Provenance;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HeadersTest {
    private static final byte[] VALUE = "{}".getBytes(StandardCharsets.UTF_8);

    private final Headers headers = new Headers(new Keys(), "tlsrpt.reports");

    @Test
    void anOriginComesBackFromARecord_withWhatItsMailClaims() {
        for (MailClaims claims : List.of(
                new MailClaims("a.example", "b.example", "no DKIM signature"),
                new MailClaims(null, "b.example", null),
                new MailClaims(null, null, null))) {
            Origin origin = origin(claims);
            assertThat(headers.origin(record(headers.of(letter(origin))))).isEqualTo(origin);
        }
        Origin origin = origin(null);
        RecordHeaders made = headers.of(letter(origin));
        assertThat(headers.origin(record(made))).isEqualTo(origin);
        assertThat(made.lastHeader("sealpost_submitter")).isNull();
    }

    @Test
    void claimsAreReadByAnybodyUnderTheirNames() {
        RecordHeaders made = headers.of(letter(origin(new MailClaims("a.example", "b.example", "none"))));
        assertThat(made.lastHeader("sealpost_report_domain").value()).asString().isEqualTo("a.example");
        assertThat(made.lastHeader("sealpost_submitter").value()).asString().isEqualTo("b.example");
        assertThat(made.lastHeader("sealpost_judgement").value()).asString().isEqualTo("none");
    }

    @Test
    void claimsThatWereChangedOrAddedMakeTheRecordOneOfAnUnknownPeer() {
        for (MailClaims claims : new MailClaims[] {null, new MailClaims("a.example", null, "none")}) {
            for (String name : List.of("sealpost_report_domain", "sealpost_submitter", "sealpost_judgement")) {
                for (String value : List.of("c.example", "", "\n")) {
                    RecordHeaders made = headers.of(letter(origin(claims)));
                    made.remove(name);
                    made.add(name, value.getBytes(StandardCharsets.UTF_8));
                    Origin read = headers.origin(record(made));
                    assertThat(read.source()).as("%s %s", claims, name).isEqualTo("unsealed");
                    assertThat(read.claims()).isNull();
                }
            }
        }
    }

    private static Origin origin(@Nullable MailClaims claims) {
        return new Origin(
                new UUID(1, 2),
                Instant.parse("2026-11-01T00:00:00.123456Z"),
                Channel.MAILBOX,
                "main",
                Provenance.UNVERIFIED,
                null,
                claims);
    }

    private static Letter letter(Origin origin) {
        return new Letter.ReportLetter(origin, "a.example", VALUE);
    }

    private static ConsumerRecord<String, byte[]> record(RecordHeaders headers) {
        return new ConsumerRecord<>(
                "tlsrpt.reports",
                0,
                1,
                0,
                TimestampType.CREATE_TIME,
                0,
                VALUE.length,
                "a.example",
                VALUE,
                headers,
                Optional.empty());
    }

    private static final class Keys implements OriginConfig {
        @Override
        public String key() {
            return "k".repeat(32);
        }

        @Override
        public Optional<Path> keyFile() {
            return Optional.empty();
        }

        @Override
        public Optional<String> previousKey() {
            return Optional.empty();
        }

        @Override
        public Optional<Path> previousKeyFile() {
            return Optional.empty();
        }
    }
}
