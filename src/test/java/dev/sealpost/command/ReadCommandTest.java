package dev.sealpost.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.sealpost.report.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ReadCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path directory;

    @Test
    void report_isPrintedInTheStandardsShape() throws IOException {
        Path file = write("a.json", Samples.PLAIN);
        assertThat(run("read", file.toString())).isZero();
        assertThat(out.toString())
                .isEqualTo("{\"file\":\"" + file + "\",\"reports\":[{\"organization-name\":\"Carrier\","
                        + "\"date-range\":{\"start-datetime\":\"2026-11-01T00:00:00Z\","
                        + "\"end-datetime\":\"2026-11-01T23:59:59Z\"},\"contact-info\":\"tls@carrier.example\","
                        + "\"report-id\":\"r-1\",\"policies\":[{\"policy\":{\"policy-type\":\"sts\","
                        + "\"policy-string\":[\"version: STSv1\"],\"policy-domain\":\"rcpt.example\","
                        + "\"mx-host\":[\"*.rcpt.example\"]},\"summary\":{\"total-successful-session-count\":40,"
                        + "\"total-failure-session-count\":0},\"failure-details\":[],\"flags\":[]}],\"flags\":[]}],"
                        + "\"error\":null}" + System.lineSeparator());
    }

    @Test
    void everyFile_getsItsLine_andOneWithoutReportFailsTheCommand() throws IOException {
        Path good = write("good.json", Samples.PLAIN);
        Path mail = write("mail.eml", "Subject: x\r\nContent-Type: application/json\r\n\r\n" + Samples.PLAIN);
        Path bad = write("bad.json", "{\"report-id\":");
        Path other = write("notes.txt", "nothing here");
        assertThat(run("read", good.toString(), mail.toString())).isZero();
        assertThat(run("read", good.toString(), bad.toString(), other.toString(), directory + "/absent"))
                .isEqualTo(1);
        assertThat(out.toString().lines()).hasSize(6).allMatch(line -> line.startsWith("{") && line.endsWith("}"));
        assertThat(out.toString().lines().skip(3))
                .satisfiesExactly(
                        line -> assertThat(line).contains("\"error\":\"truncated: JSON ends too early at line 1"),
                        line -> assertThat(line).contains("\"error\":\"not-a-report: "),
                        line -> assertThat(line).contains("\"reports\":[],\"error\":\"no such file\""));
    }

    @Test
    void output_cannotSteerATerminal() throws IOException {
        Path file = write("a.json", Samples.PLAIN.replace("Carrier", "\\u001b[2J\u202e\u009b"));
        assertThat(run("read", "--pretty", file.toString())).isZero();
        assertThat(out.toString()).matches("[ -~\r\n]+").contains("[2J\\u202E");
        assertThat(out.toString().lines().count()).isGreaterThan(5);
    }

    @Test
    void wrongUse_isTold() {
        assertThat(run("read")).isEqualTo(2);
        assertThat(run("read", "--nonsense", "x")).isEqualTo(2);
        assertThat(err.toString()).contains("Usage: sealpost read");
        assertThat(run("read", "--help")).isZero();
        assertThat(out.toString()).contains("--pretty");
    }

    private Path write(String name, String content) throws IOException {
        return Files.write(directory.resolve(name), content.getBytes(StandardCharsets.UTF_8));
    }

    private int run(String... arguments) {
        CommandLine commands = Main.commandLine();
        commands.setOut(new PrintWriter(out));
        commands.setErr(new PrintWriter(err));
        return commands.execute(arguments);
    }
}
