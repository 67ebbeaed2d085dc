package dev.sealpost.command;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;

import dev.sealpost.store.QuarantineEntries;
import dev.sealpost.store.QuarantineEntry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows one entry of the quarantine. */
@Command(
        name = "show",
        description = "Show one entry: why it is here, where it came from, and how its bytes begin.",
        mixinStandardHelpOptions = true)
final class QuarantineShowCommand implements Callable<Integer> {
    private static final int PREVIEW_BYTES = 1_024;
    private static final int NOT_FOUND = 1;

    @Parameters(paramLabel = "ID", description = "as listed")
    private UUID id = new UUID(0, 0);

    @Option(names = "--raw", description = "write the bytes as they came, and nothing else")
    private boolean raw;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        return CommandRun.run(() -> {
            QuarantineEntries entries = CommandRun.part(QuarantineEntries.class);
            QuarantineEntry entry = entries.entry(id).orElse(null);
            byte[] bytes = entries.bytes(id).orElse(null);
            if (entry == null || bytes == null) {
                Progress.say("There is no entry " + id);
                return NOT_FOUND;
            }
            if (raw) {
                writeRaw(bytes);
            } else {
                print(spec.commandLine().getOut(), entry, bytes);
            }
            return 0;
        });
    }

    @SuppressWarnings("SystemOut")
    private static void writeRaw(byte[] bytes) {
        System.out.write(bytes, 0, bytes.length);
        System.out.flush();
    }

    private static void print(PrintWriter out, QuarantineEntry entry, byte[] bytes) {
        String tenant = entry.tenant;
        Escaped.table(List.of(
                        List.of("id", entry.id.toString()),
                        List.of("reason", Escaped.line(entry.reason)),
                        List.of("detail", Escaped.line(entry.detail)),
                        List.of("channel", Escaped.line(entry.channel)),
                        List.of("source", Escaped.line(entry.source)),
                        List.of("provenance", Escaped.line(entry.provenance)),
                        List.of("tenant", tenant == null ? "-" : Escaped.line(tenant)),
                        List.of("received", entry.received.toString()),
                        List.of("bytes", String.valueOf(entry.size)),
                        List.of("repeats", String.valueOf(entry.repeats))))
                .forEach(out::println);
        out.println();
        out.print(Escaped.bytes(Arrays.copyOf(bytes, Math.min(PREVIEW_BYTES, bytes.length))));
        out.println(bytes.length > PREVIEW_BYTES ? " ..." : "");
        out.flush();
    }
}
