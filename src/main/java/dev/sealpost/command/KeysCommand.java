package dev.sealpost.command;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;

import dev.sealpost.access.Keys;
import dev.sealpost.http.ProblemException;
import dev.sealpost.store.AuditEntry;
import dev.sealpost.store.AuditTable;
import dev.sealpost.store.KeyTable;
import dev.sealpost.store.StoredKey;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Keys, as {@code /api/v1/keys} has them. Results go to stdout, a key as its only line. */
@Command(
        name = "keys",
        description =
                "Make, list and revoke keys: for callers of the API, and for addresses of the door (/tlsrpt/<key>).",
        mixinStandardHelpOptions = true,
        subcommands = {KeysCommand.Create.class, KeysCommand.ListAll.class, KeysCommand.Revoke.class})
@SuppressWarnings("SystemOut")
final class KeysCommand implements Callable<Integer> {
    private static final int NOT_DONE = 1;
    private static final int WRONG_USE = 2;
    private static final int PAGE = 500;

    @Override
    public Integer call() {
        Progress.say("Say what to do: keys create, keys list or keys revoke");
        return WRONG_USE;
    }

    private static void note(String what, UUID key, String tenant) {
        CommandRun.part(AuditTable.class)
                .keep(new AuditEntry(CommandRun.part(Clock.class).instant(), "command", what, "keys/" + key, tenant));
    }

    @Command(name = "create", description = "Make a key and print it, this once.", mixinStandardHelpOptions = true)
    static final class Create implements Callable<Integer> {
        @Option(
                names = "--role",
                description = "what it is for: intake, viewer, operator or admin (default: intake)",
                defaultValue = "intake")
        private String role = "intake";

        @Option(names = "--tenant", description = "whose it is, * for a caller that sees all (default: default)")
        private @Nullable String tenant;

        @Option(names = "--domain", description = "a domain it is good for, repeatable; all if none is given")
        private List<@Nullable String> domains = List.of();

        @Option(names = "--expires", description = "when it ends, such as 2027-12-31T00:00:00Z (default: never)")
        private @Nullable String expires;

        @Override
        public Integer call() {
            return CommandRun.run(() -> {
                try {
                    Keys.Wanted wanted = new Keys.Wanted(role, tenant, domains, expires);
                    Keys.Created created = CommandRun.part(Keys.class).create(wanted, Optional.empty());
                    note("createKey", created.kept().id(), created.kept().tenant());
                    System.out.println(created.key());
                    return 0;
                } catch (ProblemException wrong) {
                    Progress.say(wrong.problem().detail());
                    return WRONG_USE;
                }
            });
        }
    }

    @Command(
            name = "list",
            description =
                    "Print the keys that were not revoked, one a line: id, beginning, role, tenant, domains, end.",
            mixinStandardHelpOptions = true)
    static final class ListAll implements Callable<Integer> {
        @Override
        public Integer call() {
            return CommandRun.run(() -> {
                Keys keys = CommandRun.part(Keys.class);
                List<StoredKey> page = keys.list(Optional.empty(), PAGE, Optional.empty());
                while (!page.isEmpty()) {
                    page.forEach(ListAll::print);
                    StoredKey last = page.getLast();
                    page = keys.list(
                            Optional.of(new KeyTable.Place(last.created(), last.id())), PAGE, Optional.empty());
                }
                return 0;
            });
        }

        private static void print(StoredKey key) {
            System.out.println(String.join(
                    "\t",
                    key.id().toString(),
                    key.prefix() + "...",
                    key.role(),
                    key.tenant(),
                    key.domains().isEmpty() ? "*" : String.join(",", new TreeSet<>(key.domains())),
                    key.expires() == null ? "-" : key.expires().toString()));
        }
    }

    @Command(
            name = "revoke",
            description = "End a key; doors know it within a second or two.",
            mixinStandardHelpOptions = true)
    static final class Revoke implements Callable<Integer> {
        @Parameters(paramLabel = "ID", description = "the id that keys list prints")
        private UUID id = new UUID(0, 0);

        @Override
        public Integer call() {
            return CommandRun.run(() -> {
                Optional<String> tenant = CommandRun.part(Keys.class).revoke(id, Optional.empty());
                if (tenant.isPresent()) {
                    note("revokeKey", id, tenant.get());
                    return 0;
                }
                Progress.say("There is no key " + id);
                return NOT_DONE;
            });
        }
    }
}
