package dev.sealpost.intake.upload;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import dev.sealpost.report.Samples;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Makes the things that people import. */
final class Packing {
    private Packing() {}

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String json(String id) {
        return Samples.PLAIN.replace("r-1", id);
    }

    static byte[] report(String id) {
        return utf8(json(id));
    }

    static byte[] gzip(byte[] content) {
        return Samples.gzip(content);
    }

    static String mail(String id) {
        return "From: a@sender.example\r\nSubject: Report\r\nMIME-Version: 1.0\r\n"
                + "Content-Type: multipart/report; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nHello.\r\n"
                + "\r\n--b\r\nContent-Type: application/tlsrpt+gzip\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                + Base64.getMimeEncoder().encodeToString(gzip(report(id))) + "\r\n--b--\r\n";
    }

    static String mbox(String... mails) {
        StringBuilder mbox = new StringBuilder();
        for (String mail : mails) {
            mbox.append("From a@sender.example Tue Nov 24 10:11:12 2026\n")
                    .append(mail)
                    .append("\n");
        }
        return mbox.toString();
    }

    static byte[] zip(byte[]... entries) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(packed)) {
            for (int i = 0; i < entries.length; i++) {
                zip.putNextEntry(new ZipEntry("../../../../tmp/entry" + i));
                zip.write(entries[i]);
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    /** What stands in a tar. */
    interface Members {
        void write(TarArchiveOutputStream tar) throws IOException;
    }

    static byte[] tar(Members members) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(packed, "UTF-8")) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            members.write(tar);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    static byte[] tarOf(byte[]... files) {
        return tar(tar -> {
            for (int i = 0; i < files.length; i++) {
                add(tar, "../../etc/cron.d/x" + i, files[i]);
            }
        });
    }

    static void add(TarArchiveOutputStream tar, String name, byte[] content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, true);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    static void link(TarArchiveOutputStream tar, byte type, String name, String target) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, type);
        entry.setLinkName(target);
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
    }
}
