package dev.sealpost.mime;

import static dev.sealpost.mime.TestMail.REPORT_TYPE;
import static dev.sealpost.mime.TestMail.base64;
import static dev.sealpost.mime.TestMail.gzip;
import static dev.sealpost.mime.TestMail.json;
import static dev.sealpost.mime.TestMail.plain;
import static dev.sealpost.mime.TestMail.quotedPrintable;
import static dev.sealpost.mime.TestMail.standard;
import static dev.sealpost.mime.TestMail.uuencode;
import static dev.sealpost.mime.TestMail.zip;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Mails with reports, as senders, gateways and people make and break them. */
@SuppressWarnings("StringConcatToTextBlock")
final class MailCorpus {
    private static final String GZIP = "application/tlsrpt+gzip";
    private static final String JSON = "application/tlsrpt+json";
    private static final String PACKED = base64(gzip("r-1"));
    private static final String ONE_LINE = PACKED.replace("\r\n", "");

    private MailCorpus() {}

    /**
     * One mail and the reports that are in it, by id, in order.
     *
     * @param name what is special
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Case(String name, byte[] mail, List<String> ids) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> all() {
        return Stream.of(senders(), structures(), labels(), encodings(), contents(), breakages())
                .flatMap(cases -> cases);
    }

    private static Stream<Case> senders() {
        return Stream.of(
                one(
                        "Google: name on both headers",
                        report().words()
                                .packed("Content-Type: " + GZIP
                                        + "; name=\"sender.example!rcpt.example!1!2!001.json.gz\"\r\n"
                                        + "Content-Disposition: attachment;\r\n"
                                        + " filename=\"sender.example!rcpt.example!1!2!001.json.gz\"")),
                one(
                        "Microsoft: html first, nothing quoted, no name",
                        TestMail.of("multipart/report; report-type=tlsrpt; boundary=b")
                                .blank()
                                .part("text/html", "quoted-printable", "<p>=E2=9C=93</p>")
                                .packed("Content-Type: " + GZIP)),
                one(
                        "Mail.ru: folded subject and type",
                        new TestMail()
                                .line(
                                        "Subject: Report Domain: rcpt.example\r\n Submitter: sender.example\r\n\tReport-ID: <x@y>")
                                .line("Content-Type: multipart/report;\r\n boundary=\"b\";\r\n\treport-type=\"tlsrpt\"")
                                .blank()
                                .words()
                                .packed("Content-Type: " + GZIP)),
                one(
                        "tlsrpt-reporter: TLS-Required, name in the type only",
                        TestMail.of("multipart/report; report-type=\"tlsrpt\"; boundary=\"b\"")
                                .line("TLS-Required: No")
                                .blank()
                                .words()
                                .packed("Content-Type: " + GZIP + "; name=\"a!b!1!2.json.gz\"")),
                one(
                        "Stalwart: type after many parameters",
                        TestMail.of("multipart/report; charset=\"utf-8\"; boundary=\"b\"; report-type=\"tlsrpt\"")
                                .blank()
                                .part("text/plain; charset=\"utf-8\"", "quoted-printable", "TLS report=20")
                                .packed(
                                        "Content-Disposition: attachment; filename=\"a!b!1!2.json.gz\"\r\nContent-Type: "
                                                + GZIP)),
                one(
                        "Halon: stray semicolon, plain JSON",
                        TestMail.of("multipart/report; boundary=\"b\"; report-type=\"tlsrpt\";")
                                .blank()
                                .words()
                                .part(JSON, "base64", base64(utf8(json("r-1"))))));
    }

    private static Stream<Case> structures() {
        byte[] standard = standard("r-1");
        return Stream.of(
                one("multipart/mixed", multipart("mixed").words().packed("Content-Type: " + GZIP)),
                one("multipart/alternative", multipart("alternative").words().packed("Content-Type: " + GZIP)),
                one("the report first", report().packed("Content-Type: " + GZIP).words()),
                one(
                        "a single part",
                        TestMail.of(GZIP)
                                .line("Content-Transfer-Encoding: base64")
                                .blank()
                                .raw(PACKED)),
                one("a single part of JSON", TestMail.of(JSON).blank().raw(json("r-1"))),
                one("forwarded", forwarded(standard)),
                one("forwarded twice", forwarded(forwarded(standard).bytes())),
                one("forwarded in base64", multipart("mixed").part("message/rfc822", "base64", base64(standard))),
                one("digest", multipart("digest").headedPart("", standard)),
                many(
                        "several reports, one of them in a forwarded mail",
                        multipart("mixed")
                                .part(GZIP, "base64", base64(gzip("r-1")))
                                .part("message/rfc822", "8bit", other(standard("r-2")))
                                .part(JSON, "7bit", json("r-3")),
                        "r-1",
                        "r-2",
                        "r-3"),
                many(
                        "the same report twice",
                        report().packed("Content-Type: " + GZIP).packed("Content-Type: " + GZIP),
                        "r-1",
                        "r-1"),
                one(
                        "with a picture",
                        report().packed("Content-Type: " + GZIP).part("image/png", "base64", "iVBORw0KGgo=")),
                one(
                        "text as well as attachment",
                        report().part("text/plain", "7bit", json("r-9")).packed("Content-Type: " + GZIP)));
    }

    private static Stream<Case> labels() {
        return Stream.of(
                        "application/gzip",
                        "application/x-gzip",
                        "application/json",
                        "application/octet-stream",
                        "APPLICATION/TLSRPT+GZIP",
                        JSON,
                        "application/zip",
                        "text/html",
                        "gzip",
                        "")
                .flatMap(type -> Stream.of(
                        one("gzip as '" + type + "'", report().words().packed("Content-Type: " + type)),
                        one("JSON as '" + type + "'", report().words().part(type, "7bit", json("r-1")))));
    }

    private static Stream<Case> encodings() {
        String url = ONE_LINE.replace('+', '-').replace('/', '_');
        return Stream.of(
                encoded("one line", "base64", ONE_LINE),
                encoded("upper case", "BASE64", PACKED),
                encoded("breaks in odd places", "base64", ONE_LINE.replaceAll("(.{7})(.{2})", "$1\r\n$2\r\n\r\n")),
                encoded("padding missing", "base64", ONE_LINE.replace("=", "")),
                encoded("spaces and junk", "base64", "  !" + ONE_LINE.replaceAll("(.{13})", "$1 \t*\0\u00e4")),
                encoded("url alphabet", "base64", url),
                encoded("words below", "base64", PACKED + "\r\n-- \r\nSent to the list\r\n"),
                encoded("a comment", "base64 (wrapped)", PACKED),
                encoded("unknown", "x-none", json("r-1")),
                encoded("missing for base64", "7bit", PACKED),
                encoded("quoted-printable", "quoted-printable", quotedPrintable(json("r-1"))),
                encoded("8bit", "8bit", json("r-1").replace("Carrier", "Carri\u00c3\u00a9")),
                encoded("uuencode", "x-uuencode", uuencode(gzip("r-1"))),
                encoded(
                        "uuencode without spaces at the ends",
                        "7bit",
                        uuencode(gzip("r-1")).replace('`', ' ').replaceAll(" +\r\n", "\r\n")),
                one("binary", report().part(GZIP, "binary", gzip("r-1"))),
                one("zip", report().part(GZIP, "base64", base64(zip("r-1")))),
                one("zip without encoding", report().part("text/plain", "7bit", base64(zip("r-1")))));
    }

    private static Stream<Case> contents() {
        byte[] twice = Arrays.copyOf(gzip("r-1"), 2 * gzip("r-1").length);
        return Stream.of(
                one("JSON as the text of the mail", plain("text/plain").blank().raw(json("r-1"))),
                one("a signature below", plain("text/plain").blank().raw(json("r-1") + "\r\n-- \r\nJo\r\n")),
                one("words above", plain("text/plain").blank().raw("Hello,\r\n\r\n" + json("r-1"))),
                one("byte order mark", report().part(JSON, "8bit", "\u00ef\u00bb\u00bf" + json("r-1"))),
                one("UTF-16", report().part(JSON, "base64", base64(json("r-1").getBytes(StandardCharsets.UTF_16)))),
                one("bytes after the gzip", report().part(GZIP, "base64", base64(twice))),
                one("gzip of two members", report().part(GZIP, "base64", base64(members()))),
                one(
                        "gzip in gzip",
                        report().part(GZIP, "base64", base64(dev.sealpost.report.Samples.gzip(gzip("r-1"))))));
    }

    private static Stream<Case> breakages() {
        String mail = new String(standard("r-1"), StandardCharsets.ISO_8859_1);
        String spaced = mail.replace("boundary=\"b\"", "boundary=\"a b c\"").replace("--b", "--a b c");
        return Stream.of(
                broken("no closing boundary", mail.replace("--b--\r\n", "")),
                broken("cut after the report", mail.substring(0, mail.indexOf("--b--") - 2)),
                broken("no first boundary", mail.replaceFirst("--b\r\n", "")),
                broken(
                        "only the report, without first boundary",
                        head() + "Content-Type: " + GZIP + "\r\nContent-Transfer-Encoding: base64\r\n\r\n" + PACKED
                                + "\r\n--b--"),
                broken("another boundary than declared", mail.replace("--b", "--c")),
                broken("no boundary declared", mail.replace("; boundary=\"b\"", "")),
                broken("boundary with spaces", spaced),
                broken("spaces after boundaries", mail.replace("--b\r\n", "--b \t\r\n")),
                broken("LF only", mail.replace("\r\n", "\n")),
                broken("CR only", mail.replace("\r\n", "\r")),
                broken("no blank line before the parts", mail.replaceFirst("\r\n\r\n--b", "\r\n--b")),
                broken(
                        "no blank line before the content",
                        "Subject: x\r\nContent-Transfer-Encoding: base64\r\n" + PACKED),
                broken("blank line before the header", "\r\n" + mail),
                broken("a line that is no field", "From sender Mon Nov  2 00:00:01 2026\r\nno field\r\n" + mail),
                broken(
                        "two content types",
                        mail.replace("MIME-Version", "Content-Type: text/plain; x=\"\r\nMIME-Version")
                                .replace("; x=\"", "; x")
                                .replace("Content-Type: text/plain; x\r\n", "")),
                broken(
                        "folded and upper-case fields",
                        mail.replace("Content-Type: multipart/report;", "CONTENT-TYPE:\r\n MULTIPART/REPORT;\r\n")));
    }

    private static TestMail report() {
        return TestMail.of(REPORT_TYPE).blank();
    }

    private static TestMail multipart(String type) {
        return plain("multipart/" + type + "; boundary=\"b\"").blank();
    }

    private static String head() {
        return report().text();
    }

    private static TestMail forwarded(byte[] mail) {
        return multipart("mixed")
                .words()
                .part("message/rfc822", "8bit", other(mail))
                .end();
    }

    /** The mail with longer boundaries than those around it. */
    private static byte[] other(byte[] mail) {
        return new String(mail, StandardCharsets.ISO_8859_1)
                .replaceAll("boundary=\"(b*)\"", "boundary=\"$1b\"")
                .replaceAll("\n--b", "\n--bb")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] members() {
        String json = json("r-1");
        return new TestMail()
                .raw(dev.sealpost.report.Samples.gzip(utf8(json.substring(0, 50))))
                .raw(dev.sealpost.report.Samples.gzip(utf8(json.substring(50))))
                .bytes();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Case encoded(String name, String encoding, String body) {
        return one(name, report().words().part("application/octet-stream", encoding, body));
    }

    private static Case broken(String name, String mail) {
        return new Case(name, mail.getBytes(StandardCharsets.ISO_8859_1), List.of("r-1"));
    }

    private static Case one(String name, TestMail mail) {
        return many(name, mail, "r-1");
    }

    private static Case many(String name, TestMail mail, String... ids) {
        return new Case(name, mail.text().contains("\n--b") ? mail.end().bytes() : mail.bytes(), List.of(ids));
    }
}
