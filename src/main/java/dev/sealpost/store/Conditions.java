package dev.sealpost.store;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;

import dev.sealpost.report.ResultClass;
import dev.sealpost.report.ResultType;

/** A filter as SQL: what follows WHERE. The columns are called alike in the daily tables and in the details. */
final class Conditions {
    private static final String REGISTERED =
            "EXISTS (SELECT FROM watched_domain w WHERE w.domain = DOMAIN AND NOT w.removed)";

    private final Sql sql = new Sql("true");

    private Conditions() {}

    /** All of a filter, over rows of one domain each, called {@code f}. */
    static Sql ofFailures(Filter filter) {
        Conditions conditions = new Conditions();
        conditions.domain("f.domain", filter.domains());
        conditions.days("f.day", filter);
        conditions.in("f.organization", filter.organizationKeys());
        conditions.origin("f", filter);
        conditions.ofPolicy(filter);
        return conditions.sql;
    }

    /** All of a filter, over reports called {@code r}; what it says of policies and failures must hold for one. */
    static Sql ofReports(Filter filter) {
        Conditions conditions = new Conditions();
        conditions.domains(filter);
        conditions.days("r.day", filter);
        conditions.in("r.organization", filter.organizationKeys());
        conditions.origin("r", filter);
        if (filter.aboutPolicies()) {
            Conditions one = new Conditions();
            one.domain("f.domain", filter.domains());
            one.ofPolicy(filter);
            conditions
                    .sql
                    .add(" AND EXISTS (SELECT FROM ")
                    .add(filter.aboutFailures() ? "failure_occurrence" : "policy")
                    .add(" f WHERE f.domain = ANY (r.domains) AND f.day = r.day AND f.organization = r.organization"
                            + " AND f.report = r.id AND ")
                    .add(one.sql)
                    .add(")");
        }
        return conditions.sql;
    }

    /** Whether all reports of a filter's days are stored; counts over reports are not known otherwise. */
    static String allStored(Filter filter) {
        return "NOT EXISTS (SELECT FROM gone_report g WHERE g.sealed AND g.day BETWEEN '" + filter.from() + "' AND '"
                + filter.to() + "')";
    }

    /** The domains of a scope, in a column called {@code seen.domain}. */
    static Sql ofDomains(DomainScope scope) {
        Conditions conditions = new Conditions();
        conditions.domain("seen.domain", scope);
        return conditions.sql;
    }

    private void ofPolicy(Filter filter) {
        in("f.policy_type", filter.policyTypes());
        in("f.result_type", filter.resultTypes());
        in("f.receiving_mx_hostname", filter.receivingMxHostnames());
        within("f.receiving_inet", filter.receivingIps());
        within("f.sending_mta_inet", filter.sendingMtaIps());
        classes(filter.resultClasses());
    }

    private void domain(String column, DomainScope scope) {
        switch (scope) {
            case DomainScope.All() -> {}
            case DomainScope.Only(Set<String> domains) -> sql.add(" AND " + column + " = ANY (?)", domains);
            case DomainScope.Watched(Set<String> configured) -> registered(" AND (", column, configured);
            case DomainScope.Unclaimed(Set<String> configured) -> registered(" AND NOT (", column, configured);
            case DomainScope.Owned owned -> owned(column, owned);
        }
    }

    /** One step of the table's index for each row: there may be a million registered domains. */
    private void registered(String opening, String column, Set<String> configured) {
        sql.add(opening + REGISTERED.replace("DOMAIN", column));
        if (!configured.isEmpty()) {
            sql.add(" OR " + column + " = ANY (?)", configured);
        }
        sql.add(")");
    }

    private void owned(String column, DomainScope.Owned scope) {
        if (scope.names().isPresent()) {
            sql.add(" AND " + column + " = ANY (?)", scope.names().get());
            return;
        }
        sql.add(
                " AND (EXISTS (SELECT FROM watched_domain w WHERE w.domain = " + column
                        + " AND w.tenant = ? AND NOT w.removed) OR (" + column + " = ANY (?)",
                scope.tenant(),
                scope.own());
        sql.add((scope.allUnregistered() ? " OR true" : "")
                + ") AND NOT EXISTS (SELECT FROM registered_domain o WHERE o.domain = " + column + "))");
    }

    private void domains(Filter filter) {
        switch (filter.domains()) {
            case DomainScope.All() -> {}
            case DomainScope.Only(Set<String> domains) -> named(domains, filter);
            case DomainScope.Watched watched -> oneOf(watched);
            case DomainScope.Unclaimed unclaimed -> oneOf(unclaimed);
            case DomainScope.Owned owned -> {
                if (owned.names().isPresent()) {
                    named(owned.names().get(), filter);
                } else {
                    oneOf(owned);
                }
            }
        }
    }

    private void named(Set<String> domains, Filter filter) {
        sql.add(
                " AND (r.day, r.id) IN (SELECT f.day, f.report FROM policy f WHERE f.domain = ANY (?)"
                        + " AND f.day BETWEEN ? AND ?)",
                domains,
                filter.from(),
                filter.to());
    }

    /** That a report names a domain of the scope; '' stands for a policy whose domain nobody knows. */
    private void oneOf(DomainScope scope) {
        Conditions one = new Conditions();
        one.domain("o.domain", scope);
        sql.add(" AND EXISTS (SELECT FROM unnest(r.domains) AS o(domain) WHERE o.domain <> '' AND ")
                .add(one.sql)
                .add(")");
    }

    private void days(String column, Filter filter) {
        sql.add(" AND " + column + " BETWEEN ? AND ?", filter.from(), filter.to());
    }

    private void origin(String alias, Filter filter) {
        in(alias + ".channel", filter.channels().stream().map(c -> c.label()).toList());
        in(
                alias + ".provenance",
                filter.provenances().stream().map(p -> p.label()).toList());
    }

    private void in(String column, Collection<String> values) {
        if (!values.isEmpty()) {
            sql.add(" AND " + column + " = ANY (?)", values);
        }
    }

    private void within(String column, List<Network> networks) {
        if (!networks.isEmpty()) {
            sql.add(
                    " AND " + column + " <<= ANY (?::inet[])",
                    networks.stream().map(Network::text).toList());
        }
    }

    private void classes(Set<ResultClass> classes) {
        if (!classes.isEmpty()) {
            sql.add(
                    " AND " + classOf("f.result_type") + " = ANY (?)",
                    classes.stream().map(ResultClass::label).toList());
        }
    }

    /** The class of a result type, as SQL. */
    static String classOf(String column) {
        StringBuilder cases = new StringBuilder("CASE");
        for (ResultClass each : Arrays.asList(ResultClass.values())) {
            List<String> types = ResultType.REGISTERED.stream()
                    .filter(type -> type.resultClass() == each)
                    .map(type -> "'" + type.value() + "'")
                    .toList();
            if (!types.isEmpty()) {
                cases.append(" WHEN ")
                        .append(column)
                        .append(" IN (")
                        .append(String.join(", ", types))
                        .append(") THEN '")
                        .append(each.label())
                        .append("'");
            }
        }
        return cases.append(" ELSE '")
                .append(ResultClass.OTHER.label())
                .append("' END")
                .toString();
    }
}
