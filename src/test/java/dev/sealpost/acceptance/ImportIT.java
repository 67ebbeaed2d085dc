package dev.sealpost.acceptance;

import static dev.sealpost.acceptance.Reports.gzip;
import static dev.sealpost.acceptance.Reports.report;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Files by REST and by command line, through to the numbers. */
class ImportIT {
    private static final String PATH = "/api/v1/imports";
    private static final String DAY = "2026-11-01";

    private final SealpostProcess sealpost = SharedSealpost.get();

    @Test
    void aMixedArchiveIsCountedOnce_howeverOftenItIsImported() throws IOException {
        String domain = "mixed.import.example";
        String mail = "Subject: x\r\nContent-Type: application/json\r\n\r\n" + report("Mail", "m", domain, DAY, 4, 1);
        String parsedmarc = """
                [{"organization_name":"Parsed","begin_date":"%1$sT00:00:00Z","end_date":"%1$sT23:59:59Z","report_id":"p",
                "contact_info":"x@sender.example","policies":[{"policy_domain":"%2$s","policy_type":"sts",
                "successful_session_count":8,"failed_session_count":2}]}]""".formatted(DAY, domain);
        byte[] archive = gzip(tar(Map.of(
                "../../a.json", utf8(report("Plain", "a", domain, DAY, 1, 0)),
                "b.json.gz", gzip(report("Packed", "b", domain, DAY, 2, 0)),
                "box",
                        utf8("From x Tue Nov 24 10:00:00 2026\n" + mail + "\n\nFrom y Tue Nov 24 10:00:01 2026\n"
                                + "Subject: lunch\n\nAt noon.\n"),
                "smtp_tls.json", utf8(parsedmarc),
                "junk.json", utf8("{\"report-id\":"))));

        JsonNode first = done(post(archive));
        assertThat(counts(first)).isEqualTo("read 5, stored 4, duplicates 0, quarantined {\"truncated\":1}, without 1");
        assertThat(first.path("bytes").asLong()).isEqualTo(archive.length);
        JsonNode sessions = Answers.sessionsOf(sealpost, domain, 4);
        assertThat(sessions.path("successfulSessions").asLong()).isEqualTo(15);
        assertThat(sessions.path("failedSessions").asLong()).isEqualTo(3);

        JsonNode second = done(post(archive));
        assertThat(counts(second))
                .isEqualTo("read 5, stored 0, duplicates 4, quarantined {\"truncated\":1}, without 1");
        assertThat(Answers.sessionsOf(sealpost, domain, 4)).isEqualTo(sessions);
        assertThat(counts(state(first.path("id").asText())))
                .as("stays as it was")
                .contains("stored 4, duplicates 0");
        assertThat(Answers.json(sealpost.get(PATH)).path("items"))
                .extracting(item -> item.path("id").asText())
                .contains(first.path("id").asText(), second.path("id").asText());
    }

    @Test
    void aFormIsTakenToo_andBodiesOfAnySizeUpToTheLimit() throws IOException {
        String domain = "form.import.example";
        String form = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.eml\"\r\n\r\n"
                + "Subject: x\r\n\r\n" + report("Form", "a", domain, DAY, 1, 0) + "\r\n--x\r\n"
                + "Content-Disposition: form-data; name=\"file\"; filename=\"../b.json\"\r\n\r\n"
                + report("Form", "b", domain, DAY, 1, 0) + "\r\n--x--\r\n";
        assertThat(counts(done(send(utf8(form), "multipart/form-data; boundary=x"))))
                .startsWith("read 2, stored 2");

        byte[] large = new byte[70 << 20];
        byte[] json = utf8(report("Large", "c", domain, DAY, 1, 0));
        System.arraycopy(json, 0, large, 0, json.length);
        Arrays.fill(large, json.length, large.length, (byte) '\n');
        assertThat(counts(done(post(large)))).startsWith("read 1, stored 1");
        HttpResponse<String> elsewhere = sealpost.send(HttpRequest.newBuilder(sealpost.uri("/api/v1/domains/x.example"))
                .header("Authorization", "Bearer " + sealpost.adminKey())
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofByteArray(large)));
        assertThat(elsewhere.statusCode()).isEqualTo(413);
    }

    @Test
    void nobodyImportsWithoutAKey() {
        HttpResponse<String> answer = sealpost.send(
                HttpRequest.newBuilder(sealpost.uri(PATH)).POST(HttpRequest.BodyPublishers.ofString("{}")));
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(sealpost.get(PATH + "/6c71a176-edd5-8990-b1fe-c741f7131515").statusCode())
                .isEqualTo(404);
    }

    @Test
    void twentyThousandSmallReportsTakeNoMinutes() throws IOException {
        String domain = "many.import.example";
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(packed)) {
            for (int i = 0; i < 20_000; i++) {
                add(tar, "r" + i, utf8(report("Many", "r" + i, i % 500 + "." + domain, DAY, 1, 0)));
            }
        }
        JsonNode done = done(post(packed.toByteArray()));
        assertThat(counts(done)).startsWith("read 20000, stored 20000, duplicates 0");
        assertThat(Duration.between(
                        Instant.parse(done.path("started").asText()),
                        Instant.parse(done.path("finished").asText())))
                .isLessThan(Duration.ofMinutes(2));
    }

    @Test
    void theCommandLineImportsAFolderBesideAServer() throws Exception {
        String domain = "folder.import.example";
        Path folder = folder(domain);
        Run first = run(sealpost.data(), "import", "--json", folder.toString());
        assertThat(first.exit).as(first.toString()).isEqualTo(1);
        assertThat(counts(new ObjectMapper().readTree(first.out)))
                .isEqualTo("read 3, stored 2, duplicates 0, quarantined {\"not-a-report\":1}, without 0");
        assertThat(Answers.sessionsOf(sealpost, domain, 2)
                        .path("successfulSessions")
                        .asLong())
                .isEqualTo(3);
        Run again = run(sealpost.data(), "import", folder.resolve("a.json").toString());
        assertThat(again.exit).as(again.toString()).isZero();
        assertThat(again.out).containsPattern("stored +0 ").containsPattern("duplicates +1 ");
    }

    @Test
    void theCommandLineImportsWithoutAServer() throws Exception {
        Path data = SharedSealpost.temporaryDirectory().resolve("data");
        Run run = run(data, "import", "--json", folder("alone.import.example").toString());
        assertThat(counts(new ObjectMapper().readTree(run.out)))
                .as(run.toString())
                .startsWith("read 3, stored 2");
        assertThat(run(data, "import", "/no/such/file").exit).isEqualTo(2);
    }

    private static Path folder(String domain) throws IOException {
        Path folder = SharedSealpost.temporaryDirectory();
        Files.write(folder.resolve("a.json"), utf8(report("Folder", "a", domain, DAY, 1, 0)));
        Files.write(folder.resolve("notes.txt"), utf8("nothing"));
        for (String part : List.of("cur", "new", "tmp")) {
            Files.createDirectories(folder.resolve("mail").resolve(part));
        }
        String mail = "Subject: x\r\n\r\n" + report("Folder", "b", domain, DAY, 2, 0);
        Files.write(folder.resolve("mail/cur/1.a:2,S"), utf8(mail));
        Files.write(folder.resolve("mail/tmp/2.b"), utf8(mail));
        Files.write(folder.resolve("mail/index"), utf8("nothing"));
        Files.createSymbolicLink(folder.resolve("link"), Path.of("/etc/passwd"));
        return folder;
    }

    private record Run(int exit, String out, String err) {}

    private static Run run(Path data, String... arguments) throws IOException, InterruptedException {
        Path out = Files.createTempFile(SharedSealpost.temporaryDirectory(), "out", "");
        Path err = Files.createTempFile(SharedSealpost.temporaryDirectory(), "err", "");
        ProcessBuilder builder = new ProcessBuilder(Program.command(arguments))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("SEALPOST_DATA_DIR", data.toString());
        Process process = builder.start();
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return new Run(process.waitFor(), Files.readString(out), Files.readString(err));
    }

    private String post(byte[] body) {
        return send(body, "application/octet-stream");
    }

    private String send(byte[] body, String type) {
        HttpResponse<String> answer = sealpost.send(HttpRequest.newBuilder(sealpost.uri(PATH))
                .header("Authorization", "Bearer " + sealpost.adminKey())
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        String location = answer.headers().firstValue("location").orElse("");
        assertThat(location).contains(PATH);
        return location.substring(location.lastIndexOf('/') + 1);
    }

    private JsonNode state(String id) {
        return Answers.json(sealpost.get(PATH + "/" + id));
    }

    /** The state once all is read and in the tables. */
    private JsonNode done(String id) {
        return Awaitility.await("import " + id)
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(100))
                .until(
                        () -> state(id),
                        state -> !state.path("state").asText().equals("running")
                                && state.path("stored").asLong()
                                                + state.path("duplicates").asLong()
                                        == state.path("accepted").asLong());
    }

    private static String counts(JsonNode state) {
        return "read %d, stored %d, duplicates %d, quarantined %s, without %d"
                .formatted(
                        state.path("read").asLong(),
                        state.path("stored").asLong(),
                        state.path("duplicates").asLong(),
                        state.path("reasons"),
                        state.path("withoutReport").asLong());
    }

    private static byte[] tar(Map<String, byte[]> members) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(packed)) {
            for (Map.Entry<String, byte[]> member : members.entrySet()) {
                add(tar, member.getKey(), member.getValue());
            }
        }
        return packed.toByteArray();
    }

    private static void add(TarArchiveOutputStream tar, String name, byte[] content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, true);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
