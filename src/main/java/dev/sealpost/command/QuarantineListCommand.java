package dev.sealpost.command;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sealpost.quarantine.QuarantineItem;
import dev.sealpost.store.QuarantineEntries;
import dev.sealpost.store.QuarantineEntries.Place;
import dev.sealpost.store.QuarantineEntries.Wanted;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists the quarantine, newest first. */
@Command(name = "list", description = "List what is kept, newest first.", mixinStandardHelpOptions = true)
final class QuarantineListCommand implements Callable<Integer> {
    private static final int PAGE = 1_000;
    private static final List<String> HEAD =
            List.of("ID", "RECEIVED", "REASON", "CHANNEL", "SOURCE", "BYTES", "REPEATS");

    @Option(names = "--reason", description = "only entries of this reason, such as not-a-report")
    private @Nullable String reason;

    @Option(names = "--channel", description = "only what came through this door: https, mailbox or upload")
    private @Nullable String channel;

    @Option(names = "--source", description = "only what this address, mailbox or uploader brought")
    private @Nullable String source;

    @Option(names = "--limit", defaultValue = "100", description = "entries at the most (${DEFAULT-VALUE})")
    private int limit;

    @Option(names = "--json", description = "a line of JSON for each entry")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Wanted wanted =
                new Wanted(Optional.ofNullable(reason), Optional.ofNullable(channel), Optional.ofNullable(source));
        return CommandRun.run(() -> {
            PrintWriter out = spec.commandLine().getOut();
            QuarantineEntries entries = CommandRun.part(QuarantineEntries.class);
            Optional<Place> after = Optional.empty();
            List<QuarantineItem> page;
            int left = limit;
            do {
                page = entries.newest(wanted, after, Math.min(PAGE, left)).stream()
                        .map(QuarantineItem::of)
                        .toList();
                print(out, page);
                left -= page.size();
                after = page.isEmpty()
                        ? after
                        : Optional.of(new Place(
                                page.getLast().received(), page.getLast().id()));
            } while (left > 0 && page.size() == PAGE);
            out.flush();
            return 0;
        });
    }

    private void print(PrintWriter out, List<QuarantineItem> items) throws JsonProcessingException {
        if (json) {
            ObjectMapper ascii = CommandRun.part(ObjectMapper.class).copy();
            ascii.getFactory().configure(JsonWriteFeature.ESCAPE_NON_ASCII.mappedFeature(), true);
            for (QuarantineItem item : items) {
                out.println(ascii.writeValueAsString(item));
            }
        } else if (!items.isEmpty()) {
            List<List<String>> rows = new ArrayList<>(List.of(HEAD));
            items.forEach(item -> rows.add(cells(item)));
            Escaped.table(rows).forEach(out::println);
        }
    }

    private static List<String> cells(QuarantineItem item) {
        return List.of(
                item.id().toString(),
                item.received().toString(),
                Escaped.line(item.reason()),
                item.channel(),
                Escaped.line(item.source()),
                String.valueOf(item.bytes()),
                String.valueOf(item.repeats()));
    }
}
