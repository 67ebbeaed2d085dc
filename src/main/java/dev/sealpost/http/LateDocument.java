package dev.sealpost.http;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.ArrayDeque;
import java.util.Queue;
import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InterceptorBinding;
import jakarta.interceptor.InvocationContext;

import org.jspecify.annotations.Nullable;

/**
 * Makes the description of the API when somebody asks for it. The framework would read and write it at each start, which is a
 * sixth of the way until a process is ready, and most processes are never asked.
 */
@Interceptor
@LateDocument.Late
@Priority(Interceptor.Priority.APPLICATION)
public class LateDocument {
    private final Queue<InvocationContext> put = new ArrayDeque<>();

    /** On the framework's bean that holds the description, see {@link LateDocumentExtension}. */
    @InterceptorBinding
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE)
    @interface Late {}

    /** Puts what prepares off, until anything else is called. */
    @AroundInvoke
    synchronized @Nullable Object call(InvocationContext call) throws Exception {
        if (call.getMethod().getName().equals("prepareDocument")) {
            put.add(call);
            return null;
        }
        while (!put.isEmpty()) {
            put.remove().proceed();
        }
        return call.proceed();
    }
}
