package dev.sealpost.notify;

import org.jspecify.annotations.Nullable;

/**
 * What is never shown of a channel's settings; kept as JSON.
 *
 * @param url where it is called; addresses of chat services hold a key. Null for mail and Kafka
 * @param secret signs webhooks, {@code whsec_...}; null for other types
 * @param previous the secret before, which signs too for a while; null if there is none
 * @param previousUntil how long, RFC 3339; null if there is none
 * @param token for an {@code Authorization: Bearer} header; null for none
 */
record Secrets(
        @Nullable String url,
        @Nullable String secret,
        @Nullable String previous,
        @Nullable String previousUntil,
        @Nullable String token) {
    static final Secrets NONE = new Secrets(null, null, null, null, null);

    @Override
    public String toString() {
        return "Secrets";
    }
}
