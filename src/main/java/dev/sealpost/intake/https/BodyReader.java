package dev.sealpost.intake.https;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** Reads a body up to a limit, and not a byte further. */
final class BodyReader {
    /** More bytes than allowed, announced or sent. */
    static final class TooLargeException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    private BodyReader() {}

    /** The whole body; failed with {@link TooLargeException} as soon as it is known to be over the limit. */
    static Future<byte[]> read(HttpServerRequest request, int limit) {
        Promise<byte[]> whole = Promise.promise();
        if (announced(request.getHeader(HttpHeaders.CONTENT_LENGTH)) > limit) {
            whole.fail(new TooLargeException());
            return whole.future();
        }
        // With Expect: 100-continue the client waits for this word before it sends.
        if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            request.response().writeContinue();
        }
        Buffer body = Buffer.buffer();
        request.exceptionHandler(whole::tryFail);
        request.handler(chunk -> {
            if (body.length() + chunk.length() > limit) {
                request.handler(null).pause();
                whole.tryFail(new TooLargeException());
            } else {
                body.appendBuffer(chunk);
            }
        });
        request.endHandler(end -> whole.tryComplete(body.getBytes()));
        request.resume();
        return whole.future();
    }

    private static long announced(@Nullable String contentLength) {
        try {
            return contentLength == null ? 0 : Long.parseLong(contentLength);
        } catch (NumberFormatException unreadable) {
            return 0;
        }
    }
}
