package dev.sealpost.fuzz;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.charset.Charset;
import java.util.Arrays;

import dev.sealpost.report.Readable;
import dev.sealpost.report.Reading;
import dev.sealpost.report.Reason;
import dev.sealpost.report.Rejection;
import dev.sealpost.report.Report;

/**
 * Fuzz target: JSON in containers that are whole. The first byte chooses the container, the rest is the text. In any
 * container the text must read as it does bare.
 */
public final class ContainerFuzz {
    private static final byte[] JUNK = "read me".getBytes(UTF_8);

    private ContainerFuzz() {}

    /** Loads what is needed, outside the time of any input. */
    public static void fuzzerInitialize() {
        Seeds.of(ContainerFuzz.class).forEach(ContainerFuzz::fuzzerTestOneInput);
    }

    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) {
            return;
        }
        byte[] text = Arrays.copyOfRange(input, 1, input.length);
        int half = text.length / 2;
        switch (input[0] & 0xf) {
            case 0 -> same(text, Packing.gzip(text));
            case 1 -> same(text, Packing.gzip(Packing.gzip(text)));
            case 2 -> sameInZip(text, Packing.zip(text));
            case 3 -> sameInZip(text, Packing.zip(Packing.gzip(text)));
            case 4 -> sameInZip(text, Packing.gzip(Packing.zip(text)));
            case 5 -> sameInZip(text, Packing.zip(new byte[0], JUNK, text, JUNK));
            case 6 -> same(text, Packing.gzipWithFields(text));
            case 7 -> same(text, join(Packing.gzip(Arrays.copyOf(text, half)), Packing.gzip(tail(text, half))));
            case 8 -> same(text, join(Packing.gzip(text), JUNK));
            case 9 -> tooDeep(Packing.gzip(Packing.zip(Packing.gzip(text))));
            case 10 -> wide(text, UTF_16LE);
            case 11 -> wide(text, UTF_16BE);
            // Anything else in place of text, such as what follows a damaged or a second container.
            case 12 -> Invariants.read(Packing.gzip(Packing.gzip(join(text, Packing.gzip(text)))));
            case 13 -> Invariants.read(Packing.zip(Packing.zip(text, text), Arrays.copyOf(text, half)));
            default -> same(text, text);
        }
    }

    private static void same(byte[] text, byte[] packed) {
        Reading inside = Invariants.read(packed);
        if (!isContainer(text)) {
            Invariants.require(alike(Invariants.READER.read(text), inside), "the container changes the reading");
        }
    }

    /** In a zip, entries that are no reports are passed over. */
    private static void sameInZip(byte[] text, byte[] packed) {
        Reading inside = Invariants.read(packed);
        if (isContainer(text)) {
            return;
        }
        Reading bare = Invariants.READER.read(text);
        boolean other = bare instanceof Rejection why
                && (why.reason() == Reason.EMPTY || why.reason() == Reason.NOT_A_REPORT)
                && inside instanceof Rejection zipped
                && zipped.reason() == Reason.NOT_A_REPORT;
        Invariants.require(other || alike(bare, inside), "the zip changes the reading");
    }

    private static void tooDeep(byte[] packed) {
        Invariants.require(
                Invariants.read(packed) instanceof Rejection why && why.reason() == Reason.TOO_DEEP,
                "three containers inside each other are read");
    }

    /** Text that can be read as UTF-8 must be read as UTF-16 too; not the other way round, for limits count bytes. */
    private static void wide(byte[] text, Charset charset) {
        String decoded = new String(text, UTF_8);
        Reading inside = Invariants.read(("\uFEFF" + decoded).getBytes(charset));
        if (decoded.startsWith("{") && Invariants.READER.read(decoded.getBytes(UTF_8)) instanceof Readable bare) {
            Report expected = Invariants.inner(bare.report());
            Invariants.require(
                    inside instanceof Readable wide
                            && Invariants.inner(wide.report()).equals(expected),
                    "UTF-16 changes the reading");
        }
    }

    private static boolean alike(Reading bare, Reading inside) {
        return (bare instanceof Readable a && inside instanceof Readable b)
                ? Invariants.sameContent(a, b)
                : bare.equals(inside);
    }

    /** Text that is a container itself has one more layer when packed. */
    private static boolean isContainer(byte[] text) {
        return text.length >= 2 && ((text[0] == 0x1f && text[1] == (byte) 0x8b) || (text[0] == 'P' && text[1] == 'K'));
    }

    private static byte[] tail(byte[] text, int from) {
        return Arrays.copyOfRange(text, from, text.length);
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }
}
