package dev.sealpost.notify;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import dev.sealpost.outbound.Target;
import dev.sealpost.store.ChannelRow;
import dev.sealpost.store.ChannelState;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A channel in answers. */
@Schema(name = "Channel")
record ChannelItem(
        UUID id,
        @Schema(description = "How it tells") String type,
        @Schema(description = "For people") String name,

        @Schema(description = "Whose notices it tells; null for the operator's") @Nullable
        String tenant,

        @Schema(description = "Whether it tells anything") boolean enabled,

        @Schema(description = "Origin of its address; null for mail and kafka") @Nullable
        String target,

        @Schema(description = "Addresses of mail") List<String> to,

        @Schema(description = "Signs webhooks; shown once, when it is made or changed; else null") @Nullable
        String secret,

        @Schema(description = "The least severe that is told")
        String severity,

        @Schema(description = "The only domains it tells of; empty is all")
        List<String> domains,

        @Schema(description = "Hours of each day in which nothing is told; null for none")
        Wanted.@Nullable Hours quietHours,

        @Schema(description = "When everything is told at once; null for when it happens")
        Wanted.@Nullable Digest digest,

        @Schema(description = "Whether critical notices pass quiet hours and come before the digest")
        boolean criticalPasses,

        @Schema(description = "Messages about single notices in an hour")
        int perHour,

        Instant created,

        @Schema(description = "The other side is broken and not called before; null if it is not") @Nullable
        Instant pausedUntil,

        @Schema(description = "What is wrong; empty if the last delivery went well")
        String lastError,

        @Schema(description = "Messages that were not taken yet")
        int waiting,

        @Schema(description = "Notices held back: quiet hours, the digest, or a broken other side")
        int held) {

    static ChannelItem of(ChannelRow row, @Nullable String secret, ChannelState state) {
        Settings settings = Kept.read(row.settings(), Settings.class);
        String url = Kept.read(row.secrets(), Secrets.class).url();
        QuietHours quiet = settings.quiet();
        Schedule digest = settings.digest();
        return new ChannelItem(
                row.id(),
                row.type(),
                row.name(),
                row.tenant(),
                row.enabled(),
                url == null ? null : Target.parse(url).origin(),
                settings.to(),
                secret,
                Severity.labels().get(row.severity()),
                row.domains(),
                quiet == null ? null : new Wanted.Hours(quiet.from(), quiet.to(), quiet.zone()),
                digest == null ? null : new Wanted.Digest(digest.every(), digest.at(), digest.zone()),
                settings.criticalPasses(),
                settings.perHour(),
                row.created(),
                state.pausedUntil(),
                state.lastError(),
                state.waiting(),
                state.held());
    }
}
