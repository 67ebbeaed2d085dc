package dev.sealpost.store;

/**
 * Names that become keys of cells and that anybody may invent. A UTC day of a domain has so many of each that none but
 * unverified reports brought; further ones are counted under {@link #OTHER}.
 */
public enum NameKind {
    ORGANIZATION("organization", 200, 32),
    MX_HOST("mx-host", 500, 32),

    /** Result types that are not registered (RFC 8460, section 6.6). */
    RESULT_TYPE("result-type", 50, 16),

    /** Policy types that RFC 8460 does not know. */
    POLICY_TYPE("policy-type", 20, 8);

    /** What stands for names beyond the cap. */
    static final String OTHER = "(other)";

    private final String label;
    private final int most;
    private final int suspicious;

    NameKind(String label, int most, int suspicious) {
        this.label = label;
        this.most = most;
        this.suspicious = suspicious;
    }

    /** As in metrics. */
    public String label() {
        return label;
    }

    /** Names of one day of a domain. */
    int most() {
        return most;
    }

    /** Bits of 64, each set by the hash of a name, from which on it is worth asking the database. */
    int suspicious() {
        return suspicious;
    }
}
