package dev.sealpost.access;

import java.util.List;
import java.util.regex.Pattern;

import dev.sealpost.http.Problem;
import dev.sealpost.store.WatchedTable;

/** Names of tenants. A tenant exists by being named. */
public final class Tenant {
    /** The tenant that always exists. */
    public static final String DEFAULT = WatchedTable.DEFAULT_TENANT;

    private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");

    private Tenant() {}

    /**
     * The name, if it is one.
     *
     * @throws dev.sealpost.http.ProblemException if it is none
     */
    public static String check(String name) {
        if (!NAME.matcher(name).matches()) {
            throw Problem.badParameter(
                            "tenant", "tenant must be 1 to 63 of a-z, 0-9 and - , such as example-org", List.of())
                    .exception();
        }
        return name;
    }
}
