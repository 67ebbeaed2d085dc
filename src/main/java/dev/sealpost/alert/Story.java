package dev.sealpost.alert;

import java.util.List;

import dev.sealpost.store.AlertRow;
import dev.sealpost.store.AlertSeries;

/**
 * What can be told of an alert to somebody: what he sees of it, and no more.
 *
 * @param alert itself
 * @param parts what it rests on, the most telling first; some of very many
 * @param domains how many domains it is about, as far as he sees them
 * @param provisional whether reports about its last day may still come
 */
record Story(AlertRow alert, List<Part> parts, long domains, boolean provisional) {
    private static final int LONGEST_DOMAIN = 255;

    Story {
        parts = List.copyOf(parts);
    }

    /** A series and its proof. */
    record Part(AlertSeries series, Proof proof) {
        String reporter() {
            return Plain.text(series.organizationName());
        }

        String domain() {
            return Plain.text(series.domain(), LONGEST_DOMAIN);
        }
    }

    /** The domains by name, as far as there are parts about them. */
    List<String> named() {
        return parts.stream()
                .map(part -> part.series.domain())
                .filter(name -> !name.isEmpty())
                .distinct()
                .sorted()
                .toList();
    }

    /** The reporters by name, likewise. */
    List<String> reporters() {
        return parts.stream()
                .map(Part::reporter)
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
    }

    boolean contested() {
        return parts.stream().anyMatch(part -> part.proof.contested());
    }
}
