package dev.sealpost.notify;

import java.util.List;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A channel as somebody wants it. What is null is left to the default; in a change, what is secret stays. */
@Schema(name = "WantedChannel")
record Wanted(
        @Schema(description = "webhook, slack, teams, mattermost, discord, mail, alertmanager or kafka; never changes")
        @Nullable
        String type,

        @Schema(description = "For people; the type if absent") @Nullable
        String name,

        @Schema(
                description =
                        "Whose notices it tells; those of the operator if absent. Only who sees all tenants sets it")
        @Nullable
        String tenant,

        @Schema(description = "Whether it tells anything; true if absent") @Nullable
        Boolean enabled,

        @Schema(
                description =
                        "Where it is called (https); not for mail and kafka. Never shown again but for its origin")
        @Nullable
        String url,

        @Schema(description = "Signs webhooks, whsec_ and base64 of 24 to 64 bytes; made if absent") @Nullable
        String secret,

        @Schema(description = "In a change: makes a new secret; the old one signs too for a day") @Nullable
        Boolean rotateSecret,

        @Schema(description = "Sent as Authorization: Bearer; never shown again") @Nullable
        String token,

        @Schema(description = "Addresses of mail, at most 20") @Nullable
        List<@Nullable String> to,

        @Schema(description = "The least severe that is told: critical, high, medium or low (the default)") @Nullable
        String severity,

        @Schema(description = "The only domains it tells of, *.example.org for all below; all if absent") @Nullable
        List<@Nullable String> domains,

        @Schema(description = "Hours of each day in which nothing is told") @Nullable
        Hours quietHours,

        @Schema(description = "Everything at once, each day or week, instead of at once; also when nothing happened")
        @Nullable
        Digest digest,

        @Schema(description = "Whether critical notices pass quiet hours and come before the digest; true if absent")
        @Nullable
        Boolean criticalPasses,

        @Schema(
                description =
                        "Messages about single notices in an hour, 1 to 100, 20 if absent; more come in summaries")
        @Nullable
        Integer perHour) {

    /** Hours of each day. */
    @Schema(name = "QuietHours")
    record Hours(
            @Schema(description = "Such as 22:00") @Nullable String from,

            @Schema(description = "Such as 07:00, not included") @Nullable
            String to,

            @Schema(description = "Such as Europe/Berlin; UTC if absent") @Nullable
            String zone) {}

    /** When digests come. */
    @Schema(name = "Digest")
    record Digest(
            @Schema(description = "day, or week (Mondays)") @Nullable
            String every,

            @Schema(description = "Such as 08:00, which is the default") @Nullable
            String at,

            @Schema(description = "Such as Europe/Berlin; UTC if absent") @Nullable
            String zone) {}
}
