package dev.sealpost.access;

import java.util.HashSet;
import java.util.List;
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

    /** Reads what belongs to no tenant: only a caller that is bound to none has this role, and the next ones. */
    public static final String VIEWER_OF_ALL = "viewer of all tenants";

    /** Changes what belongs to no tenant. */
    public static final String OPERATOR_OF_ALL = "operator of all tenants";

    /** Decides who may do what. */
    public static final String ADMIN_OF_ALL = "admin of all tenants";

    /** What people's keys may be for; each may do what those before it may. */
    static final List<String> RISING = List.of(VIEWER, OPERATOR, ADMIN);

    private static final List<String> OF_ALL = List.of(VIEWER_OF_ALL, OPERATOR_OF_ALL, ADMIN_OF_ALL);

    private Role() {}

    /**
     * What a caller may do.
     *
     * @param role the highest role it has
     * @param bound whether it is bound to a tenant
     */
    static Set<String> of(String role, boolean bound) {
        int roles = RISING.indexOf(role) + 1;
        Set<String> all = new HashSet<>(RISING.subList(0, roles));
        if (!bound) {
            all.addAll(OF_ALL.subList(0, roles));
        }
        return all;
    }
}
