package dev.sealpost.aggregate;

import java.util.List;
import jakarta.inject.Singleton;

import dev.sealpost.origin.Origin;
import dev.sealpost.report.Readable;
import dev.sealpost.report.Rejection;
import dev.sealpost.report.ReportReader;
import dev.sealpost.store.Arrival;
import dev.sealpost.store.SetAside;
import dev.sealpost.stream.Letter;

/** Makes of letters what is to be stored of them. Pure: the same letter is always read alike. */
@Singleton
class LetterReader {
    private final ReportReader reader;

    LetterReader(ReportReader reader) {
        this.reader = reader;
    }

    /** Reads one letter. */
    ReadLetter read(Letter letter) {
        return switch (letter) {
            case Letter.DeadLetter dead ->
                new ReadLetter(
                        dead, null, new SetAside(dead.reason(), dead.detail(), dead.origin(), dead.value()), null);
            case Letter.ReportLetter report -> read(report);
        };
    }

    private ReadLetter read(Letter.ReportLetter letter) {
        Origin origin = letter.origin();
        return switch (reader.read(letter.value())) {
            case Rejection no ->
                new ReadLetter(
                        letter, null, new SetAside(no.reason().label(), no.detail(), origin, letter.value()), null);
            case Readable readable -> {
                List<String> domains = PolicyDomains.of(readable.report(), origin.claims());
                Arrival arrival = new Arrival(readable.report(), origin, letter.value(), domains);
                // One bad policy does not sink the others: they count, and the report is kept for the day its
                // domain is known.
                long lost = domains.stream().filter(String::isEmpty).count();
                if (lost == 0) {
                    yield new ReadLetter(letter, arrival, null, null);
                }
                String detail = lost + " of " + domains.size() + " policies without a domain, the first is number "
                        + (domains.indexOf("") + 1);
                yield new ReadLetter(
                        letter,
                        arrival,
                        new SetAside("no-policy-domain", detail, origin, letter.value(), domains),
                        null);
            }
        };
    }
}
