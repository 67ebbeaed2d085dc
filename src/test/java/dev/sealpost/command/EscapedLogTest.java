package dev.sealpost.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.logging.Level;

import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.Test;

class EscapedLogTest {
    private final EscapedLog filter = new EscapedLog();

    private ExtLogRecord logged(String format, Object... parameters) {
        ExtLogRecord entry =
                new ExtLogRecord(Level.INFO, format, ExtLogRecord.FormatStyle.PRINTF, EscapedLogTest.class.getName());
        entry.setParameters(parameters);
        assertThat(filter.isLoggable(entry)).isTrue();
        return entry;
    }

    @Test
    void whatAReportSaysStaysOnOneLineAndSteersNoTerminal() {
        assertThat(logged("from %s", "a\r\nb\u0085c\u2028d\u001b[31me\u202ef\u0000")
                        .getMessage())
                .isEqualTo("from a\\u000d\\u000ab\\u0085c\\u2028d\\u001b[31me\\u202ef\\u0000");
    }

    @Test
    void plainWordsOfAnyLanguageStayAsTheyAre() {
        assertThat(logged("%s: 100 %% of %d", "Grüße, 日本", 7).getMessage()).isEqualTo("Grüße, 日本: 100 % of 7");
    }

    @Test
    void noMessageIsEndless() {
        assertThat(logged("%s", "x".repeat(1_000_000)).getMessage()).hasSizeLessThan(5_000);
    }

    @Test
    void theWordsOfExceptionsAreEscapedAndTheirPlacesKept() {
        IllegalStateException cause = new IllegalStateException("bad\nline");
        RuntimeException failure = new RuntimeException("outer", cause);
        ExtLogRecord entry = new ExtLogRecord(Level.WARNING, "failed", EscapedLogTest.class.getName());
        entry.setThrown(failure);
        filter.isLoggable(entry);
        Throwable said = Objects.requireNonNull(entry.getThrown().getCause());
        assertThat(said).hasMessage("java.lang.IllegalStateException: bad\\u000aline");
        assertThat(said.getStackTrace()).isEqualTo(cause.getStackTrace());
    }

    @Test
    void anExceptionWithPlainWordsIsTheSame() {
        RuntimeException failure = new RuntimeException("plain");
        ExtLogRecord entry = new ExtLogRecord(Level.WARNING, "failed", EscapedLogTest.class.getName());
        entry.setThrown(failure);
        filter.isLoggable(entry);
        assertThat(entry.getThrown()).isSameAs(failure);
    }
}
