package dev.sealpost.alert.detect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a run tells, as the files that docs/detection.md describes. */
final class Told {
    private final StringBuilder firings = new StringBuilder("raised,day,domain,organization,resultType\n");
    private final StringBuilder findings =
            new StringBuilder("raised,day,domain,organization,resultType,kind,severity,p,window,failures,sessions\n");

    void findings(int arrival, List<Finding> found) {
        for (Finding finding : found) {
            Evidence evidence = finding.evidence();
            findings.append(series(arrival, finding))
                    .append(",%s,%s,%.3g,%d,%d,%d%n"
                            .formatted(
                                    finding.kind().label(),
                                    finding.severity().label(),
                                    evidence.p(),
                                    evidence.window(),
                                    evidence.failures(),
                                    evidence.sessions()));
        }
    }

    /** Somebody is told of an attack that opens, grows or gets company. */
    void changes(int arrival, List<Change> changes) {
        for (Change change : changes) {
            if (change.finding().kind().hostile() && !(change instanceof Change.Withdrawn)) {
                firings.append(series(arrival, change.finding())).append('\n');
            }
        }
    }

    private static String series(int arrival, Finding finding) {
        return "%d,%d,%s,%s,%s"
                .formatted(
                        arrival,
                        finding.day(),
                        finding.domain(),
                        finding.organization(),
                        finding.type().value());
    }

    void write(Path directory) throws IOException {
        Files.writeString(directory.resolve("firings.csv"), firings);
        Files.writeString(directory.resolve("findings.csv"), findings);
    }
}
