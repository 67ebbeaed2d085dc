package dev.sealpost.notify;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How bad it is, worst first. */
enum Severity {
    CRITICAL(0xB3261E),
    HIGH(0xE8710A),
    MEDIUM(0xF2C037),
    LOW(0x5F6368);

    private final int color;

    Severity(int color) {
        this.color = color;
    }

    static List<String> labels() {
        return Arrays.stream(values()).map(Severity::label).toList();
    }

    static Optional<Severity> of(String label) {
        return Arrays.stream(values())
                .filter(each -> each.label().equals(label))
                .findFirst();
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** 0 is the worst. */
    int rank() {
        return labels().indexOf(label());
    }

    /** RGB. */
    int color() {
        return color;
    }
}
