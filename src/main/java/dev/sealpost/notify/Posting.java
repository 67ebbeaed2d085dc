package dev.sealpost.notify;

import java.util.Map;

/** What is posted to an address: headers beside those of the call, and JSON. */
record Posting(Map<String, String> headers, byte[] body) {
    Posting {
        headers = Map.copyOf(headers);
    }

    static Posting json(Object body) {
        return new Posting(Map.of("Content-Type", "application/json"), Kept.bytes(body));
    }
}
