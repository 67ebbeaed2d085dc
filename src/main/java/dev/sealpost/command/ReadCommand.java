package dev.sealpost.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

import dev.sealpost.mime.MailPart;
import dev.sealpost.mime.MailReader;
import dev.sealpost.mime.MailReading;
import dev.sealpost.report.Limits;
import dev.sealpost.report.Readable;
import dev.sealpost.report.Reading;
import dev.sealpost.report.Reason;
import dev.sealpost.report.Rejection;
import dev.sealpost.report.ReportReader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints how the tolerant reader understands files; needs no server, database or broker. */
@Command(
        name = "read",
        description = {
            "Prints how reports are understood, one line of JSON per file, in RFC 8460's own shape and with flags for"
                    + " everything that was healed. Files may be JSON, gzip, zip or whole mails.",
            "Exit code 1 when a file holds no report."
        },
        mixinStandardHelpOptions = true)
final class ReadCommand implements Callable<Integer> {
    /** A mail may hold several reports, and base64 makes them a third longer. */
    private static final int MAX_FILE_BYTES = 64 << 20;

    private static final int NO_REPORT = 1;

    private final ReportReader reports = new ReportReader(Limits.DEFAULT);
    private final MailReader mails = new MailReader(reports);

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "files to read; - is the standard input")
    private List<String> files = List.of();

    @Option(names = "--pretty", description = "several indented lines per file, for people")
    private boolean pretty;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        ReadingPrinter printer = new ReadingPrinter(spec.commandLine().getOut(), pretty);
        int exitCode = 0;
        for (String file : files) {
            List<Reading> readings = readings(file, printer);
            if (readings.stream().noneMatch(Readable.class::isInstance)) {
                exitCode = NO_REPORT;
            }
        }
        return exitCode;
    }

    private List<Reading> readings(String file, ReadingPrinter printer) {
        try {
            byte[] bytes = bytes(file);
            if (bytes.length > MAX_FILE_BYTES) {
                printer.print(file, List.of(), Reason.TOO_LARGE.label() + ": more than " + MAX_FILE_BYTES + " bytes");
                return List.of();
            }
            Reading reading = reports.read(bytes);
            if (reading instanceof Rejection rejection && rejection.reason() == Reason.NOT_A_REPORT) {
                return mail(file, bytes, rejection, printer);
            }
            printer.print(file, List.of(reading), error(List.of(reading)));
            return List.of(reading);
        } catch (NoSuchFileException e) {
            printer.print(file, List.of(), "no such file");
        } catch (IOException | InvalidPathException e) {
            printer.print(file, List.of(), "file cannot be read");
        }
        return List.of();
    }

    /** Anything that is no report by itself is looked at as a mail; text without a report in it is neither. */
    private List<Reading> mail(String file, byte[] bytes, Rejection rejection, ReadingPrinter printer) {
        MailReading mail = mails.read(bytes);
        List<Reading> readings = mail.parts().stream().map(MailPart::reading).toList();
        printer.print(file, readings, readings.isEmpty() ? text(rejection) : error(readings));
        return readings;
    }

    /** Why a file holds no report at all, or null when it does. */
    private static @Nullable String error(List<Reading> readings) {
        String first = null;
        for (Reading reading : readings) {
            switch (reading) {
                case Readable ignored -> {
                    return null;
                }
                case Rejection rejection -> first = first == null ? text(rejection) : first;
            }
        }
        return first;
    }

    private static String text(Rejection rejection) {
        return rejection.reason().label() + ": " + rejection.detail();
    }

    private static byte[] bytes(String file) throws IOException {
        if (file.equals("-")) {
            return System.in.readNBytes(MAX_FILE_BYTES + 1);
        }
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            return in.readNBytes(MAX_FILE_BYTES + 1);
        }
    }
}
