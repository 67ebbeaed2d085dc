package dev.sealpost.intake.spool;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

import dev.sealpost.origin.Channel;
import dev.sealpost.origin.MailClaims;
import dev.sealpost.origin.Origin;
import dev.sealpost.origin.Provenance;
import dev.sealpost.stream.Letter;
import org.jspecify.annotations.Nullable;

/** Numbered letters. */
final class Letters {
    private Letters() {}

    static Letter letter(int number) {
        return letter(number, "{\"report-id\":\"" + number + "\"}");
    }

    static Letter letter(int number, String value) {
        return new Letter.ReportLetter(origin(number), "example.org", value.getBytes(StandardCharsets.UTF_8));
    }

    static Origin origin(int number) {
        return origin(number, null);
    }

    static Origin origin(int number, @Nullable MailClaims claims) {
        return new Origin(
                new UUID(1, number),
                Instant.parse("2026-11-01T00:00:00.123456Z").plusSeconds(number),
                Channel.HTTPS,
                "2001:db8::1",
                Provenance.UNVERIFIED,
                number % 2 == 0 ? null : "tenant",
                claims);
    }

    static int number(Letter letter) {
        return (int) letter.origin().receipt().getLeastSignificantBits();
    }
}
