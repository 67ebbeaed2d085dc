package dev.sealpost.intake.https;

import java.util.Arrays;
import java.util.Objects;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** Reads a body up to a limit, and not a byte further; no faster than there is room for it. */
final class BodyReader {
    /** More bytes than allowed, announced or sent. */
    static final class TooLargeException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /** Cut, because it was in the way of others. */
    static final class CrowdedOutException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /** Most of what a first piece takes; most reports have less. */
    private static final int FIRST_BYTES = 8 * 1024;

    private final HttpServerRequest request;
    private final int limit;
    private final int announced;
    private final Context context;
    private final BodyRoom.Body room;
    private final Promise<byte[]> whole = Promise.promise();
    private byte[] bytes = new byte[0];
    private int length;

    private BodyReader(HttpServerRequest request, int limit, int announced, BodyRoom rooms, Prefix source) {
        this.request = request;
        this.limit = limit;
        this.announced = announced;
        this.context = Objects.requireNonNull(Vertx.currentContext(), "not on an event loop");
        this.room = rooms.open(source, () -> context.runOnContext(go -> fail(new CrowdedOutException())));
    }

    /**
     * A body in memory.
     *
     * @param bytes all of it
     * @param room what it holds, to be closed after the answer
     */
    record Whole(byte[] bytes, BodyRoom.Body room) {}

    /**
     * The whole body; failed with {@link TooLargeException} as soon as it is known to be over the limit, with something else
     * if it broke off. To be called on the request's event loop.
     */
    static Future<Whole> read(HttpServerRequest request, int limit, BodyRoom rooms, Prefix source) {
        long announced = announced(request.getHeader(HttpHeaders.CONTENT_LENGTH));
        if (announced > limit) {
            return Future.failedFuture(new TooLargeException());
        }
        BodyReader reader = new BodyReader(request, limit, (int) announced, rooms, source);
        reader.start();
        return reader.whole
                .future()
                .map(bytes -> new Whole(bytes, reader.room))
                .onFailure(failed -> reader.room.close());
    }

    private void start() {
        // With Expect: 100-continue the client waits for this word before it sends.
        if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            request.response().writeContinue();
        }
        request.exceptionHandler(this::fail);
        request.handler(this::append);
        request.endHandler(end -> {
            room.complete();
            whole.tryComplete(length == bytes.length ? bytes : Arrays.copyOf(bytes, length));
        });
        request.resume();
    }

    private void append(Buffer chunk) {
        long needed = (long) length + chunk.length();
        if (needed > limit) {
            fail(new TooLargeException());
        } else if (needed <= bytes.length) {
            copy(chunk);
        } else {
            grow((int) needed, chunk);
        }
    }

    /** Old and new hold room together for the moment of copying. */
    private void grow(int needed, Buffer chunk) {
        int most = announced > 0 ? announced : limit;
        int capacity = Math.max(needed, Math.min(most, Math.max(FIRST_BYTES, 2 * bytes.length)));
        Runnable copy = () -> {
            int before = bytes.length;
            bytes = Arrays.copyOf(bytes, capacity);
            room.give(before);
            copy(chunk);
        };
        boolean paused = !room.take(
                capacity,
                () -> context.runOnContext(go -> {
                    if (!whole.future().isComplete()) {
                        copy.run();
                        request.resume();
                    }
                }));
        if (paused) {
            request.pause();
        } else {
            copy.run();
        }
    }

    private void copy(Buffer chunk) {
        chunk.getBytes(bytes, length);
        length += chunk.length();
    }

    private void fail(Throwable why) {
        if (whole.tryFail(why)) {
            request.handler(null).pause();
            bytes = new byte[0];
        }
    }

    private static long announced(@Nullable String contentLength) {
        try {
            return contentLength == null ? 0 : Long.parseLong(contentLength);
        } catch (NumberFormatException unreadable) {
            return 0;
        }
    }
}
