package dev.sealpost.notify;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What may be shown of a channel's settings; kept as JSON.
 *
 * @param to addresses of mail
 * @param quiet when nothing is told; null for never
 * @param digest when everything is told at once; null for at once
 * @param criticalPasses whether critical notices are told in quiet hours and before the digest
 * @param perHour messages about single notices in an hour; what is more comes in summaries
 */
record Settings(
        List<String> to,
        @Nullable QuietHours quiet,
        @Nullable Schedule digest,
        boolean criticalPasses,
        int perHour) {
    static final int PER_HOUR = 20;

    Settings {
        to = List.copyOf(to);
    }
}
