package dev.sealpost.trace;

import java.util.HexFormat;
import java.util.UUID;

import io.opentelemetry.sdk.trace.IdGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A report's trace has the receipt as its id, and the door's span the second half of it: whoever knows the receipt knows
 * both, without being told by a header that the spool, a replay or another program may lose.
 */
final class ReceiptIds implements IdGenerator {
    private static final IdGenerator RANDOM = IdGenerator.random();

    private static final ThreadLocal<@Nullable UUID> BEGINNING = new ThreadLocal<>();

    static String trace(UUID receipt) {
        return HexFormat.of().toHexDigits(receipt.getMostSignificantBits())
                + HexFormat.of().toHexDigits(receipt.getLeastSignificantBits());
    }

    static String door(UUID receipt) {
        return HexFormat.of().toHexDigits(receipt.getLeastSignificantBits());
    }

    /** Has the spans that a task begins on this thread be those of a door. */
    void atDoor(UUID receipt, Runnable task) {
        BEGINNING.set(receipt);
        try {
            task.run();
        } finally {
            BEGINNING.remove();
        }
    }

    @Override
    public String generateTraceId() {
        UUID receipt = BEGINNING.get();
        return receipt == null ? RANDOM.generateTraceId() : trace(receipt);
    }

    @Override
    public String generateSpanId() {
        UUID receipt = BEGINNING.get();
        return receipt == null ? RANDOM.generateSpanId() : door(receipt);
    }
}
