package dev.sealpost.intake.upload;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import jakarta.inject.Singleton;

import dev.sealpost.intake.Intake;
import dev.sealpost.intake.IntakeConfig;
import dev.sealpost.mime.MailReader;
import dev.sealpost.store.ImportRow;
import org.jspecify.annotations.Nullable;

/** Begins imports, for whoever brings the bytes. */
@Singleton
public class Importer {
    private static final int MAX_NAME = 100;

    private final Intake intake;
    private final MailReader mails;
    private final IntakeConfig config;
    private final Clock clock;

    Importer(Intake intake, MailReader mails, IntakeConfig config, Clock clock) {
        this.intake = intake;
        this.mails = mails;
        this.config = config;
        this.clock = clock;
    }

    /**
     * A new import, which nothing knows yet.
     *
     * @param who the name of the caller's key, or {@code cli:} and the user
     * @param tenant that the caller is bound to; null if it is to none
     * @param total bytes of the source; -1 if unknown
     */
    public ImportRow create(String who, @Nullable String tenant, long total) {
        UUID id = UUID.randomUUID();
        // The id makes the reports of one import countable.
        String name = Tally.printable(who);
        String source = name.substring(0, Math.min(name.length(), MAX_NAME)) + "/" + id;
        return ImportRow.begin(id, source, tenant, who, clock.instant().truncatedTo(ChronoUnit.MICROS), total);
    }

    /** Begins, or begins again: reports that are stored already are duplicates then. */
    public ImportRun begin(ImportRow row) {
        Tally tally = new Tally();
        HandOver handOver = new HandOver(intake, clock, tally, row.source(), row.tenant());
        return new ImportRun(row.source(), mails, DocumentLimits.of(config), tally, handOver);
    }
}
