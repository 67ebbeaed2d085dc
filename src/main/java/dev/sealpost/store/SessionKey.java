package dev.sealpost.store;

import java.util.Arrays;
import java.util.List;

/** What sessions can be grouped by. The times are asked for as an interval. */
public enum SessionKey implements Key {
    DAY("day", TimeKey.DAY),
    WEEK("week", TimeKey.WEEK),
    MONTH("month", TimeKey.MONTH),
    DOMAIN("domain", "f.domain"),
    ORGANIZATION("organization", "f.organization"),
    POLICY_TYPE("policyType", "f.policy_type");

    private final String label;
    private final String expression;

    SessionKey(String label, String expression) {
        this.label = label;
        this.expression = expression;
    }

    /** The names that are no interval. */
    public static List<String> labels() {
        return Arrays.stream(values())
                .filter(key -> !key.time())
                .map(SessionKey::label)
                .toList();
    }

    /** The key of a label that exists. */
    public static SessionKey of(String label) {
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
}
