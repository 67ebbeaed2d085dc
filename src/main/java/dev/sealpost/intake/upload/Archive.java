package dev.sealpost.intake.upload;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Hands on the members of a zip or tar, which for an import is an archive of documents and not one document. */
final class Archive {
    private final Walker walker;
    private final Allowance allowance;
    private final Findings found;

    Archive(Walker walker, Allowance allowance, Findings found) {
        this.walker = walker;
        this.allowance = allowance;
        this.found = found;
    }

    void tar(InputStream in, String name, int depth) throws IOException, InterruptedException {
        Tar tar = new Tar(in, allowance);
        for (Tar.Member member = tar.next(); member != null; member = tar.next()) {
            if (member.regular()) {
                walker.open(member.content(), inside(name, member.name()), depth + 1);
            } else {
                found.skipped(Skip.NOT_A_FILE, inside(name, member.name()));
            }
        }
    }

    /** By the bytes, not by the central directory: so entries cannot overlap. */
    void zip(InputStream in, String name, int depth) throws IOException, InterruptedException {
        // ISO 8859-1 has a character for every byte, so no name is malformed.
        try (ZipInputStream zip = new ZipInputStream(in, StandardCharsets.ISO_8859_1)) {
            InputStream content = allowance.unpacked(zip);
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                allowance.entry();
                if (!entry.isDirectory()) {
                    walker.open(content, inside(name, entry.getName()), depth + 1);
                }
                content.transferTo(OutputStream.nullOutputStream());
            }
        }
    }

    private static String inside(String archive, String member) {
        return archive + "/" + member;
    }
}
