package dev.sealpost.mime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Mails as they lie in a mailbox: headers of the way there, a part for people, the report; in three senders' habits. */
final class ReportMails {
    private ReportMails() {}

    /** One mail for each of these reports. */
    static byte[][] of(byte[][] reports) {
        byte[][] mails = new byte[reports.length][];
        for (int i = 0; i < mails.length; i++) {
            mails[i] = mail(i, reports[i]);
        }
        return mails;
    }

    private static byte[] mail(int number, byte[] report) {
        boolean html = number % 3 == 1;
        String boundary = "%024x".formatted(number * 7_919L);
        String name = "sender.example!domain" + number + ".example!1793491200!1793577599!" + number + ".json.gz";
        ByteArrayOutputStream mail = new ByteArrayOutputStream();
        add(mail, "Return-Path: <reports@sender.example>\r\nDelivered-To: tls@rcpt.example\r\n");
        for (int hop = 0; hop < 3; hop++) {
            add(
                    mail,
                    "Received: from mx" + hop + ".sender.example (mx" + hop + ".sender.example [192.0.2." + hop
                            + "])\r\n\t(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits))\r\n\tby mx.rcpt.example"
                            + " (Postfix) with ESMTPS id " + boundary
                            + "\r\n\tfor <tls@rcpt.example>; Mon,  2 Nov 2026 00:00:0"
                            + hop + " +0000 (UTC)\r\n");
        }
        add(
                mail,
                "Authentication-Results: mx.rcpt.example; dkim=pass header.d=sender.example header.s=s1; spf=pass\r\n");
        add(
                mail,
                "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=sender.example; s=s1;\r\n"
                        + "\th=from:to:subject:date:message-id:mime-version:tls-report-domain:tls-report-submitter;\r\n\tbh="
                        + "A".repeat(43) + "=;\r\n\tb=" + ("B".repeat(70) + "\r\n\t ").repeat(5) + "==\r\n");
        add(
                mail,
                "From: <reports@sender.example>\r\nTo: <tls@rcpt.example>\r\nDate: Mon, 02 Nov 2026 00:00:00 +0000\r\n");
        add(
                mail,
                "Message-ID: <" + boundary + "@sender.example>\r\nSubject: Report Domain: domain" + number
                        + ".example Submitter: sender.example\r\n Report-ID: <" + number + "@sender.example>\r\n");
        add(mail, "TLS-Report-Domain: domain" + number + ".example\r\nTLS-Report-Submitter: sender.example\r\n");
        add(
                mail,
                "MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=\"tlsrpt\";\r\n\tboundary=\""
                        + boundary + "\"\r\n\r\n--" + boundary + "\r\nContent-Type: text/" + (html ? "html" : "plain")
                        + "; charset=\"UTF-8\"\r\nContent-Transfer-Encoding: 7bit\r\n\r\n"
                        + "This is an aggregate TLS report from sender.example.\r\n".repeat(html ? 12 : 2));
        add(
                mail,
                "\r\n--" + boundary + "\r\nContent-Type: application/tlsrpt+gzip"
                        + (html ? "" : "; name=\"" + name + "\"")
                        + "\r\nContent-Transfer-Encoding: base64\r\n"
                        + (html ? "" : "Content-Disposition: attachment;\r\n\tfilename=\"" + name + "\"\r\n") + "\r\n");
        mail.writeBytes(Base64.getMimeEncoder().encode(report));
        add(mail, "\r\n--" + boundary + "--\r\n");
        return mail.toByteArray();
    }

    private static void add(ByteArrayOutputStream mail, String text) {
        mail.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }
}
