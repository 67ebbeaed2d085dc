package dev.sealpost.command;

import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;

import dev.sealpost.store.Scope;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which days and which domain; everything if nothing is said. */
final class ScopeOptions {
    @Option(names = "--from", paramLabel = "DAY", description = "first UTC day, such as 2026-11-01")
    private @Nullable LocalDate from;

    @Option(names = "--to", paramLabel = "DAY", description = "last UTC day, included")
    private @Nullable LocalDate to;

    @Option(names = "--domain", description = "one domain only")
    private @Nullable String domain;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    Scope scope() {
        if (from != null && to != null && from.isAfter(to)) {
            throw new ParameterException(spec.commandLine(), "--from must not be after --to");
        }
        return new Scope(
                Optional.ofNullable(from),
                Optional.ofNullable(to),
                Optional.ofNullable(domain).map(name -> name.toLowerCase(Locale.ROOT)));
    }
}
