package dev.sealpost.command;

import java.util.logging.Filter;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

import io.quarkus.logging.LoggingFilter;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.jspecify.annotations.Nullable;

/**
 * Makes one line of each message, whatever text of a report or a peer is in it, and of the messages of exceptions: no
 * control character, line end, terminal sequence or direction mark reaches a log, and no message is endless. Applied to
 * the console by {@code quarkus.log.console.filter}.
 */
@LoggingFilter(name = "escape")
public final class EscapedLog implements Filter {
    private static final int MAX_CHARS = 4_096;

    /** The message with its parameters and nothing else. */
    private static final Formatter WORDS = new PatternFormatter("%s");

    /** Causes looked at; a longer chain is cut. */
    private static final int MAX_CAUSES = 10;

    @Override
    public boolean isLoggable(LogRecord entry) {
        if (entry.getMessage() != null) {
            String escaped = escape(WORDS.format(entry));
            if (entry instanceof ExtLogRecord formatted) {
                formatted.setMessage(escaped, ExtLogRecord.FormatStyle.NO_FORMAT);
            } else {
                entry.setMessage(escaped);
            }
            entry.setParameters(null);
        }
        if (entry.getThrown() != null) {
            entry.setThrown(escape(entry.getThrown(), 0));
        }
        return true;
    }

    /** The exception itself, unless its words or those of a cause need escaping. */
    private static @Nullable Throwable escape(@Nullable Throwable thrown, int depth) {
        if (thrown == null || depth == MAX_CAUSES) {
            return null;
        }
        Throwable cause = escape(thrown.getCause(), depth + 1);
        String said = thrown.toString();
        String escaped = escape(said);
        return cause == thrown.getCause() && escaped.equals(said) ? thrown : new Said(escaped, cause, thrown);
    }

    static String escape(String text) {
        StringBuilder escaped = new StringBuilder(Math.min(text.length(), MAX_CHARS));
        for (int i = 0; i < text.length() && escaped.length() < MAX_CHARS; i++) {
            char c = text.charAt(i);
            if (isPlain(c)) {
                escaped.append(c);
            } else {
                escaped.append("\\u%04x".formatted((int) c));
            }
        }
        return escaped.length() < MAX_CHARS
                ? escaped.toString()
                : escaped.append("...").toString();
    }

    private static boolean isPlain(char c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }

    /** An exception in escaped words, with the place where it was thrown. */
    private static final class Said extends Throwable {
        private static final long serialVersionUID = 1L;

        Said(String said, @Nullable Throwable cause, Throwable original) {
            super(said, cause, false, true);
            setStackTrace(original.getStackTrace());
        }
    }
}
