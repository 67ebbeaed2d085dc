package dev.sealpost.intake.mailbox;

import org.jspecify.annotations.Nullable;

/** Follows the lines of a server and refuses a literal by its announced size, before a reader makes room for it. */
final class LiteralScan {
    private enum State {
        TEXT,
        NUMBER,
        CLOSED,
        CLOSED_CR
    }

    private final int maxLine;
    private State state = State.TEXT;
    private long number;
    private long inLiteral;
    private int lineLength;
    private long linesLeft;
    private long maxLiteral;

    LiteralScan(int maxLine) {
        this.maxLine = maxLine;
    }

    void allow(long lines, long literal) {
        linesLeft = lines;
        maxLiteral = literal;
    }

    /** What is wrong with these bytes; null if nothing is. */
    @Nullable
    String take(byte[] bytes, int from, int count) {
        int at = from;
        int end = from + count;
        while (at < end) {
            if (inLiteral > 0) {
                int skipped = (int) Math.min(inLiteral, end - at);
                inLiteral -= skipped;
                at += skipped;
                continue;
            }
            byte b = bytes[at++];
            if (b == '\n') {
                if (--linesLeft < 0) {
                    return "sends more lines than were asked for";
                }
                if (state == State.CLOSED_CR) {
                    if (number > maxLiteral) {
                        return "announces more bytes at once than are taken";
                    }
                    inLiteral = number;
                }
                state = State.TEXT;
                lineLength = 0;
            } else if (++lineLength > maxLine && maxLiteral != Long.MAX_VALUE) {
                return "sends a line without an end";
            } else {
                state = next(b);
            }
        }
        return null;
    }

    private State next(byte b) {
        if (b == '{') {
            number = 0;
            return State.NUMBER;
        }
        if (state == State.NUMBER && b >= '0' && b <= '9') {
            // Large enough to be refused, and no overflow.
            number = Math.min(number * 10 + b - '0', Integer.MAX_VALUE);
            return State.NUMBER;
        }
        if (state == State.NUMBER && b == '}') {
            return State.CLOSED;
        }
        return state == State.CLOSED && b == '\r' ? State.CLOSED_CR : State.TEXT;
    }
}
