package dev.sealpost.report;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** Immutable flag sets that always iterate in the order of {@link Flag}, so that equal readings print the same. */
final class FlagSet {
    private FlagSet() {}

    static EnumSet<Flag> none() {
        return EnumSet.noneOf(Flag.class);
    }

    static EnumSet<Flag> mutableCopy(Set<Flag> flags) {
        return flags.isEmpty() ? none() : EnumSet.copyOf(flags);
    }

    static Set<Flag> copyOf(Set<Flag> flags) {
        return flags.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(flags));
    }
}
