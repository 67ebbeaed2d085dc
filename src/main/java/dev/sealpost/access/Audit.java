package dev.sealpost.access;

import java.lang.reflect.Method;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Set;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;

import dev.sealpost.store.AuditEntry;
import dev.sealpost.store.AuditTable;
import dev.sealpost.store.StoreUnavailableException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jboss.resteasy.reactive.server.SimpleResourceInfo;

/** Keeps who changed what: every call of the API that succeeds and is no read, whichever resource answers it. */
class Audit {
    private static final Logger LOG = Logger.getLogger("audit");
    private static final String API = "/api/v1/";
    private static final Set<String> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final int FAILURES = 300;

    private final AuditTable table;
    private final AuditNote note;
    private final Caller caller;
    private final Clock clock;

    Audit(AuditTable table, AuditNote note, Caller caller, Clock clock) {
        this.table = table;
        this.note = note;
        this.caller = caller;
        this.clock = clock;
    }

    @ServerResponseFilter
    void keep(ContainerRequestContext request, ContainerResponseContext response, SimpleResourceInfo resource) {
        String path = request.getUriInfo().getPath();
        if (READS.contains(request.getMethod())
                || response.getStatus() >= FAILURES
                || !path.startsWith(API)
                || note.isKept()
                || !caller.calls()) {
            return;
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        AuditEntry entry = new AuditEntry(now, caller.name(), what(resource), subject(path, response), tenant());
        LOG.infof("%s %s %s at %s", entry.who(), entry.what(), entry.subject(), now);
        try {
            table.keep(entry);
        } catch (StoreUnavailableException away) {
            LOG.warnf("the last change is in this log alone: %s", away.getMessage());
        }
    }

    /** As the API's document calls it. */
    private static String what(SimpleResourceInfo resource) {
        return Arrays.stream(resource.getResourceClass().getMethods())
                .filter(method -> method.getName().equals(resource.getMethodName()))
                .map(Audit::operation)
                .filter(id -> !id.isEmpty())
                .findFirst()
                .orElse(resource.getMethodName());
    }

    private static String operation(Method method) {
        Operation operation = method.getAnnotation(Operation.class);
        return operation == null ? "" : operation.operationId();
    }

    private String subject(String path, ContainerResponseContext response) {
        String made = response.getHeaderString(HttpHeaders.LOCATION);
        String thing = made != null && made.contains(API) ? made.substring(made.indexOf(API)) : path;
        return note.subject().orElse(thing.substring(thing.startsWith(API) ? API.length() : 0));
    }

    private @org.jspecify.annotations.Nullable String tenant() {
        return note.tenant()
                .or(() -> caller.binding().map(Caller.Binding::tenant))
                .orElse(null);
    }
}
