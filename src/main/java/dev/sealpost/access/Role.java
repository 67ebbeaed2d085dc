package dev.sealpost.access;

import java.util.Set;

/** What a caller may do; each role may do what those before it may. Names, since annotations take nothing else. */
public final class Role {
    /** Posts reports to an address of its own, and nothing else. */
    public static final String INTAKE = "intake";

    /** Reads. */
    public static final String VIEWER = "viewer";

    /** Acknowledges, replays and edits rules too. */
    public static final String OPERATOR = "operator";

    /** May do everything. */
    public static final String ADMIN = "admin";

    static final Set<String> ALL = Set.of(VIEWER, OPERATOR, ADMIN);

    private Role() {}
}
