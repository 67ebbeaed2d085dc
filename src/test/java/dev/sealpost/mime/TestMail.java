package dev.sealpost.mime;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import dev.sealpost.report.Samples;

/** Builds mails piece by piece, right or wrong as asked. */
final class TestMail {
    static final String REPORT_TYPE = "multipart/report; report-type=\"tlsrpt\"; boundary=\"b\"";

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** A mail with this content type in its header, as a sender of reports has it. */
    static TestMail of(String contentType) {
        return new TestMail()
                .line("From: noreply@sender.example")
                .line("To: reports@rcpt.example")
                .line("Subject: Report Domain: rcpt.example Submitter: sender.example Report-ID: <r-1@sender.example>")
                .line("TLS-Report-Domain: rcpt.example")
                .line("TLS-Report-Submitter: sender.example")
                .line("MIME-Version: 1.0")
                .line("Content-Type: " + contentType);
    }

    /** A mail that nobody made as a report. */
    static TestMail plain(String contentType) {
        return new TestMail().line("From: someone@other.example").line("Content-Type: " + contentType);
    }

    /** A whole mail in RFC 8460's form with this report packed. */
    static byte[] standard(String id) {
        return of(REPORT_TYPE)
                .blank()
                .words()
                .part("application/tlsrpt+gzip", "base64", base64(gzip(id)))
                .end()
                .bytes();
    }

    TestMail line(String line) {
        return raw(line + "\r\n");
    }

    TestMail blank() {
        return line("");
    }

    TestMail raw(String text) {
        bytes.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    TestMail raw(byte[] more) {
        bytes.writeBytes(more);
        return this;
    }

    /** The part for people. */
    TestMail words() {
        return part("text/plain; charset=utf-8", "7bit", "This is an aggregate TLS report.");
    }

    TestMail part(String type, String encoding, String body) {
        return part(type, encoding, body.getBytes(StandardCharsets.ISO_8859_1));
    }

    TestMail part(String type, String encoding, byte[] body) {
        return headedPart("Content-Type: " + type + "\r\nContent-Transfer-Encoding: " + encoding, body);
    }

    /** A part with this header. */
    TestMail headedPart(String header, byte[] body) {
        return line("--b")
                .raw(header.isEmpty() ? "" : header + "\r\n")
                .blank()
                .raw(body)
                .raw("\r\n");
    }

    TestMail packed(String header) {
        return headedPart(
                header + "\r\nContent-Transfer-Encoding: base64",
                base64(gzip("r-1")).getBytes(StandardCharsets.US_ASCII));
    }

    /** An attachment of this name, and the end. */
    TestMail packedXml(String name, String base64) {
        return headedPart(
                        "Content-Type: application/octet-stream; name=\"" + name
                                + "\"\r\nContent-Transfer-Encoding: base64",
                        base64.getBytes(StandardCharsets.US_ASCII))
                .end();
    }

    TestMail end() {
        return line("--b--");
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }

    String text() {
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }

    static String json(String id) {
        return Samples.PLAIN.replace("r-1", id);
    }

    static byte[] gzip(String id) {
        return Samples.gzip(json(id).getBytes(StandardCharsets.UTF_8));
    }

    static byte[] zip(String id) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(packed)) {
            zip.putNextEntry(new ZipEntry("report.json"));
            zip.write(json(id).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    static String base64(byte[] content) {
        return Base64.getMimeEncoder().encodeToString(content);
    }

    static String quotedPrintable(String text) {
        return text.replace("=", "=3D").replace(",\"", ",=\r\n\"").replace("{", "=7b");
    }

    /** With the head and foot of a file, or only the lines. */
    static String uuencode(byte[] content) {
        StringBuilder text = new StringBuilder("begin 644 report.json.gz\r\n");
        for (int at = 0; at < content.length; at += 45) {
            int length = Math.min(45, content.length - at);
            text.append((char) (' ' + length));
            for (int i = at; i < at + length; i += 3) {
                int bits = byteAt(content, i) << 16 | byteAt(content, i + 1) << 8 | byteAt(content, i + 2);
                for (int shift = 18; shift >= 0; shift -= 6) {
                    int value = bits >> shift & 63;
                    text.append(value == 0 ? '`' : (char) (' ' + value));
                }
            }
            text.append("\r\n");
        }
        return text.append("`\r\nend\r\n").toString();
    }

    private static int byteAt(byte[] content, int at) {
        return at < content.length ? content[at] & 0xff : 0;
    }
}
