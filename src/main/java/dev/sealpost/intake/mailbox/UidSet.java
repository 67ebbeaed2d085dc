package dev.sealpost.intake.mailbox;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** Sets of UIDs as IMAP writes them (RFC 9051, sequence-set). */
final class UidSet {
    /** Servers take lines of 8,000 bytes at least (RFC 7162, section 4). */
    private static final int MAX_CHARS = 7_000;

    private UidSet() {}

    /** Keys as sorted UIDs without doubles; what is no UID is left out. */
    static long[] of(Collection<String> keys) {
        return keys.stream()
                .mapToLong(UidSet::parse)
                .filter(uid -> uid >= 1 && uid <= ImapState.MAX_UID)
                .sorted()
                .distinct()
                .toArray();
    }

    private static long parse(String key) {
        try {
            return Long.parseLong(key);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** Sorted UIDs as one or more sets. */
    static List<String> write(long[] uids) {
        List<String> sets = new ArrayList<>();
        StringBuilder set = new StringBuilder();
        for (int i = 0; i < uids.length; ) {
            int end = i;
            while (end + 1 < uids.length && uids[end + 1] == uids[end] + 1) {
                end++;
            }
            set.append(set.isEmpty() ? "" : ",").append(uids[i]);
            if (end > i) {
                set.append(':').append(uids[end]);
            }
            i = end + 1;
            if (set.length() > MAX_CHARS) {
                sets.add(set.toString());
                set.setLength(0);
            }
        }
        if (!set.isEmpty()) {
            sets.add(set.toString());
        }
        return sets;
    }

    static boolean contains(long[] sorted, long uid) {
        return Arrays.binarySearch(sorted, uid) >= 0;
    }
}
