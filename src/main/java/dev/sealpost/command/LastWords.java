package dev.sealpost.command;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What is said when the virtual machine can do no more; made beforehand, since then there may be no memory for words. */
final class LastWords {
    private static final FileOutputStream ERRORS = new FileOutputStream(FileDescriptor.err);

    private static final byte[] MEMORY = bytes("sealpost: out of memory, stopping; what was acknowledged is durable."
            + " The largest reports need a heap of 256 MB (java -Xmx256m), a process of all roles more.\n");

    private static final byte[] OTHER =
            bytes("sealpost: the virtual machine is broken, stopping; what was acknowledged is durable.\n");

    private LastWords() {}

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    static void say(Throwable failure) {
        try {
            ERRORS.write(failure instanceof OutOfMemoryError ? MEMORY : OTHER);
        } catch (IOException | VirtualMachineError deaf) {
            // There is nobody left to tell.
        }
    }
}
