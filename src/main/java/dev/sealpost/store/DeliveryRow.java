package dev.sealpost.store;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * What became of a message.
 *
 * @param notices how many notices it tells of
 * @param state waiting, delivered or gave-up
 * @param attempts how often it was tried
 * @param next when it is tried next; null if it is not
 * @param ended when it was taken or given up; null if it waits
 * @param status of the last answer, HTTP; null if there was none
 * @param answer the beginning of the last answer, or what went wrong
 */
public record DeliveryRow(
        UUID id,
        String kind,
        String severity,
        String subject,
        int notices,
        Instant created,
        String state,
        int attempts,
        @Nullable Instant next,
        @Nullable Instant ended,
        @Nullable Integer status,
        String answer) {}
