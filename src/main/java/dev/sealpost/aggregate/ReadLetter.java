package dev.sealpost.aggregate;

import dev.sealpost.store.Arrival;
import dev.sealpost.store.SetAside;
import dev.sealpost.stream.Letter;
import org.jspecify.annotations.Nullable;

/**
 * A letter and what is to be stored of it.
 *
 * @param arrival the report; null if there is none
 * @param aside for the quarantine; null if nothing is. A report that lacks something has both
 * @param failure why it could not even be read, which is no fault of its sender; null if it was
 */
record ReadLetter(
        Letter letter,
        @Nullable Arrival arrival,
        @Nullable SetAside aside,
        @Nullable Throwable failure) {}
