package dev.sealpost.store;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A message to a channel, as it was made: the same in every attempt.
 *
 * @param id the same in every attempt, and whenever the same is told again
 * @param kind of the notice; summary, digest or test where it is about many or none
 * @param alert which alert; null where it is about many or none
 * @param severity that of the most severe notice in it
 * @param json for programs
 * @param notices how many notices it tells of
 * @param created when it was made
 * @param attempts how often it was tried
 */
public record MessageRow(
        UUID id,
        UUID channel,
        String kind,
        @Nullable UUID alert,
        String severity,
        String subject,
        String body,
        String json,
        int notices,
        Instant created,
        int attempts) {}
