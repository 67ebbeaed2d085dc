package dev.sealpost.store;

/**
 * Entries that the quarantine gave up to keep its bounds.
 *
 * @param source for the bounds of their own source
 * @param total for the bounds of the whole
 */
public record Dropped(long source, long total) {
    Dropped plus(Dropped other) {
        return new Dropped(source + other.source, total + other.total);
    }
}
