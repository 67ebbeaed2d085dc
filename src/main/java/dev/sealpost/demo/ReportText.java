package dev.sealpost.demo;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;

/** Writes reports as JSON. All names are this package's own, so nothing has to be escaped. */
final class ReportText {
    private ReportText() {}

    static String of(Sender sender, Receiver receiver, LocalDate day, int successful, List<Failure> failures) {
        int failed = failures.stream().mapToInt(Failure::sessions).sum();
        String details = failures.stream()
                .map(failure -> detail(sender, receiver, failure))
                .collect(Collectors.joining(","));
        return """
                {"organization-name":"%1$s","date-range":{"start-datetime":"%2$sT00:00:00Z","end-datetime":"%2$sT23:59:59Z"},\
                "contact-info":"tls-reports@%3$s","report-id":"demo-%2$s-%4$s@%3$s","policies":[{"policy":{"policy-type":"%5$s",\
                "policy-string":[%6$s],"policy-domain":"%4$s","mx-host":["%7$s","%8$s"]},"summary":\
                {"total-successful-session-count":%9$d,"total-failure-session-count":%10$d},"failure-details":[%11$s]}]}""".formatted(
                        sender.name(),
                        day,
                        sender.host(),
                        receiver.name(),
                        receiver.policyType(),
                        receiver.policy().stream().map(line -> '"' + line + '"').collect(Collectors.joining(",")),
                        receiver.mx(1),
                        receiver.mx(2),
                        successful,
                        failed,
                        details);
    }

    private static String detail(Sender sender, Receiver receiver, Failure failure) {
        String reason = failure.reason().isEmpty() ? "" : ",\"failure-reason-code\":\"" + failure.reason() + '"';
        return """
                {"result-type":"%s","sending-mta-ip":"%s","receiving-mx-hostname":"%s","receiving-ip":"192.0.2.%d",\
                "failed-session-count":%d%s}""".formatted(
                        failure.resultType(),
                        sender.address(failure.sender()),
                        receiver.mx(failure.mx()),
                        failure.mx(),
                        failure.sessions(),
                        reason);
    }
}
