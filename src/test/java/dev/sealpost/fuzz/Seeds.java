package dev.sealpost.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import dev.sealpost.report.Samples;

/** Small inputs made in code, from which a fuzzing run starts. */
final class Seeds {
    private static final String DETAIL = "{\"result-type\":\"certificate-expired\",\"sending-mta-ip\":\"2001:db8::1\","
            + "\"receiving-mx-hostname\":\"mx1.rcpt.example\",\"receiving-mx-helo\":\"mx1.rcpt.example\\r\\nSIZE\","
            + "\"receiving-ip\":\"192.0.2.25\",\"failed-session-count\":3,"
            + "\"additional-information\":\"https://sender.example/?a=1\",\"failure-reason-code\":\"X509\"}";
    private static final String FAILED = "{\"policy\":{\"policy-type\":\"tlsa\",\"policy-string\":"
            + "[\"[\\\"3 1 1 A0\\\"]\"],\"policy-domain\":\"r\u00e9cpt.example.\",\"mx-host\":\"mx: MX.rcpt.example\"},"
            + "\"summary\":{\"total-successful-session-count\":\"5\",\"total-failure-session-count\":1.0e1},"
            + "\"failure-details\":[" + DETAIL + ",{\"result-type\":\"Ech-Required\",\"additional-information\":{"
            + "\"a\":[1,null,-2.5e3,true]}}]}";
    private static final String FLAT =
            "{\"policy-type\":\"STS\",\"policy-domain\":\"rcpt.example\"," + "\"total-failure-session-count\":2}";

    /** Reports in the standard's form and in the forms of the field. */
    private static final List<String> REPORTS = List.of(
            Samples.PLAIN,
            Samples.HEAD + ",\"policies\":[" + FAILED + "]}",
            Samples.HEAD + ",\"policies\":[" + FLAT + "," + FAILED + "," + Samples.POLICY + "]}",
            "{\"report-id\":\"\\ud83d\\ude00\",\"date-range\":{\"start-datetime\":1793491200,\"end-datetime\":"
                    + "\"2026-11-01t24:00:00.5+01:00\"},\"x\":[{}],\"policies\":" + FLAT + "}");

    private Seeds() {}

    static List<byte[]> of(Class<?> target) {
        List<byte[]> seeds = new ArrayList<>();
        for (String report : REPORTS) {
            byte[] json = report.getBytes(UTF_8);
            if (target == ContainerFuzz.class) {
                for (char container = '0'; container < '0' + 16; container++) {
                    seeds.add((container + report).getBytes(UTF_8));
                }
            } else if (target == MailFuzz.class) {
                seeds.add(mail(
                        "application/tlsrpt+gzip",
                        "base64",
                        Base64.getMimeEncoder().encode(Packing.gzip(json))));
                seeds.add(mail(
                        "text/plain",
                        "quoted-printable",
                        report.replace("=", "=3D").getBytes(UTF_8)));
                seeds.add(mail("message/rfc822", "8bit", mail("application/json", "binary", json)));
            } else {
                seeds.add(json);
                seeds.add(Packing.gzip(json));
                seeds.add(Packing.gzip(Packing.gzipWithFields(json)));
                seeds.add(Packing.zip(new byte[0], json));
                seeds.add(("\uFEFF" + report).getBytes(UTF_16LE));
                seeds.add(report.getBytes(UTF_16BE));
            }
        }
        return seeds;
    }

    private static byte[] mail(String type, String encoding, byte[] body) {
        String mail = "From: a@sender.example\r\nTLS-Report-Domain: rcpt.example\r\n"
                + "TLS-Report-Submitter: sender.example\r\nMIME-Version: 1.0\r\n"
                + "Content-Type: multipart/report; report-type=\"tlsrpt\"; boundary=\"b\"\r\n\r\n"
                + "--b\r\nContent-Type: text/plain\r\n\r\nA report.\r\n--b\r\nContent-Type: " + type
                + "\r\nContent-Disposition: attachment; filename*0=\"a!b\"; filename*1=\"!1!2.json.gz\"\r\n"
                + "Content-Transfer-Encoding: " + encoding + "\r\n\r\n"
                + new String(body, ISO_8859_1) + "\r\n--b--\r\n";
        return mail.getBytes(ISO_8859_1);
    }
}
