package dev.sealpost.store;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * About how many names this process saw of late on the days of domains: 64 bits of each kind (linear counting). It spares
 * the database a question for nearly all reports; what is forgotten, or was seen elsewhere, makes the question come a few
 * names later.
 */
final class NameSketch {
    private final Map<DomainDay, Map<NameKind, Long>> days;

    NameSketch(int most) {
        days = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<DomainDay, Map<NameKind, Long>> eldest) {
                return size() > most;
            }
        };
    }

    /** Takes a name in, and says whether there may be many. */
    synchronized boolean add(DomainDay day, NameKind kind, String name) {
        long bit = 1L << ((name.hashCode() * 0x9E3779B9) >>> 26);
        long seen = days.computeIfAbsent(day, d -> new EnumMap<>(NameKind.class))
                .merge(kind, bit, (one, other) -> one | other);
        return Long.bitCount(seen) >= kind.suspicious();
    }
}
