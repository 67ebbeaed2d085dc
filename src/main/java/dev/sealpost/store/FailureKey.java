package dev.sealpost.store;

import java.util.Arrays;
import java.util.List;

/** What failures can be grouped by. */
public enum FailureKey implements Key {
    DAY("day", TimeKey.DAY),
    WEEK("week", TimeKey.WEEK),
    MONTH("month", TimeKey.MONTH),
    DOMAIN("domain", "f.domain"),
    ORGANIZATION("organization", "f.organization"),
    POLICY_TYPE("policyType", "f.policy_type"),
    RESULT_TYPE("resultType", "f.result_type"),
    RESULT_CLASS("resultClass", Conditions.classOf("f.result_type")),
    RECEIVING_MX_HOSTNAME("receivingMxHostname", "f.receiving_mx_hostname"),
    RECEIVING_IP("receivingIp", "f.receiving_ip"),
    SENDING_MTA_IP("sendingMtaIp", "f.sending_mta_ip"),
    FAILURE_REASON_CODE("failureReasonCode", "f.failure_reason_code");

    private final String label;
    private final String expression;

    FailureKey(String label, String expression) {
        this.label = label;
        this.expression = expression;
    }

    /** The names, in the order of the documentation. */
    public static List<String> labels() {
        return Arrays.stream(values()).map(FailureKey::label).toList();
    }

    /** The key of a label that is one of {@link #labels()}. */
    public static FailureKey of(String label) {
        return Arrays.stream(values())
                .filter(key -> key.label.equals(label))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public String expression() {
        return expression;
    }

    @Override
    public boolean time() {
        return compareTo(MONTH) <= 0;
    }

    /** Whether only the details know it. */
    boolean onlyInDetails() {
        return compareTo(RECEIVING_IP) >= 0;
    }

    /** Whether its sums over all domains are kept. */
    boolean summedGlobally() {
        return time() || this == POLICY_TYPE || this == RESULT_TYPE || this == RESULT_CLASS;
    }

    /** Whether its sums over all domains are kept for each reporter. */
    boolean summedByReporter() {
        return time() || this == ORGANIZATION || this == RESULT_TYPE || this == RESULT_CLASS;
    }

    /** Whether a global answer grouped by it has counts of reports and reporters. */
    boolean countedGlobally() {
        return time() || this == RESULT_TYPE;
    }
}
