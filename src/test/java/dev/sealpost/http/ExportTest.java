package dev.sealpost.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jakarta.ws.rs.core.StreamingOutput;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables as files. */
class ExportTest {
    private static final List<String> COLUMNS = List.of("name", "number");

    @Test
    void csvQuotesWhatItMustAndLeavesMissingCellsEmpty() throws IOException {
        assertThat(written(Format.CSV, List.of(row("a,\"b\"", 1), row(null, null))))
                .isEqualTo("name,number\r\n\"a,\"\"b\"\"\",1\r\n,\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"})
    void noTextOfAReporterIsAFormula(String text) {
        assertThat(Export.cell(text)).isEqualTo("'" + text);
        assertThat(Export.cell(List.of(text, "b"))).startsWith("'");
    }

    @Test
    void numbersStayNumbers() {
        assertThat(Export.cell(-1L)).isEqualTo("-1");
    }

    @Test
    void ndjsonHasAnObjectALine() throws IOException {
        assertThat(written(Format.NDJSON, List.of(row("=a\n", 1), row(null, 2))).lines())
                .containsExactlyInAnyOrder("{\"number\":1,\"name\":\"=a\\n\"}", "{\"number\":2,\"name\":null}");
    }

    private static Map<String, @Nullable Object> row(@Nullable String name, @Nullable Integer number) {
        Map<String, @Nullable Object> row = new HashMap<>();
        row.put("name", name);
        row.put("number", number);
        return row;
    }

    private static String written(Format format, List<Map<String, @Nullable Object>> rows) throws IOException {
        StreamingOutput body = new Export(new ObjectMapper(), () -> Duration.ofMinutes(1), new CurrentVertxRequest())
                .body(format, COLUMNS, each -> rows.forEach(each));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        body.write(out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
