package dev.sealpost.trace;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Reads the spans of an OTLP request (ExportTraceServiceRequest), as far as tests ask for them. */
final class SpanReader {
    private static final int RESOURCE_SPANS = 1;
    private static final int SCOPE_SPANS = 2;
    private static final int SPANS = 2;
    private static final int TRACE_ID = 1;
    private static final int SPAN_ID = 2;
    private static final int PARENT = 4;
    private static final int NAME = 5;
    private static final int ATTRIBUTES = 9;

    private static final byte[] NOTHING = {};

    private final byte[] bytes;
    private int at;
    private final int end;

    private SpanReader(byte[] bytes, int at, int end) {
        this.bytes = bytes;
        this.at = at;
        this.end = end;
    }

    static List<Collector.Span> spans(byte[] request) {
        List<Collector.Span> spans = new ArrayList<>();
        message(request).each((field, resource) -> {
            if (field == RESOURCE_SPANS) {
                message(resource).each((inner, scope) -> {
                    if (inner == SCOPE_SPANS) {
                        message(scope).each((innermost, span) -> {
                            if (innermost == SPANS) {
                                spans.add(span(span));
                            }
                        });
                    }
                });
            }
        });
        return spans;
    }

    private static Collector.Span span(byte[] message) {
        Map<Integer, byte[]> fields = new HashMap<>();
        Map<String, String> attributes = new HashMap<>();
        message(message).each((field, value) -> {
            if (field == ATTRIBUTES) {
                Map<Integer, byte[]> pair = new HashMap<>();
                message(value).each(pair::put);
                message(pair.getOrDefault(2, NOTHING))
                        .each((type, text) -> attributes.put(text(pair.getOrDefault(1, NOTHING)), text(text)));
            } else {
                fields.put(field, value);
            }
        });
        return new Collector.Span(
                hex(fields.getOrDefault(TRACE_ID, NOTHING)),
                hex(fields.getOrDefault(SPAN_ID, NOTHING)),
                hex(fields.getOrDefault(PARENT, NOTHING)),
                text(fields.getOrDefault(NAME, NOTHING)),
                attributes);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static SpanReader message(byte[] bytes) {
        return new SpanReader(bytes, 0, bytes.length);
    }

    /** Passes on each field that has a length; numbers are of no interest here. */
    private void each(BiConsumer<Integer, byte[]> taker) {
        while (at < end) {
            long tag = varint();
            switch ((int) (tag & 7)) {
                case 0 -> varint();
                case 1 -> at += 8;
                case 2 -> {
                    int length = (int) varint();
                    byte[] value = new byte[length];
                    System.arraycopy(bytes, at, value, 0, length);
                    at += length;
                    taker.accept((int) (tag >>> 3), value);
                }
                case 5 -> at += 4;
                default -> throw new IllegalArgumentException("no protobuf");
            }
        }
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = bytes[at++];
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }
}
