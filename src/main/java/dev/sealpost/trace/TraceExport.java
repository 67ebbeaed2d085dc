package dev.sealpost.trace;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import dev.sealpost.origin.Origin;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;

/** Sends spans to a collector, from a thread of its own; what it does not take is dropped. Loaded only where tracing is on. */
final class TraceExport implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long STOP_SECONDS = 2;

    /** Two of the largest batches of the aggregator, and what doors take meanwhile. */
    private static final int WAITING = 8_192;

    private final ReceiptIds ids = new ReceiptIds();
    private final SdkTracerProvider provider;
    private final Tracer tracer;

    TraceExport(URI endpoint, String instance) {
        OtlpHttpSpanExporter exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(endpoint.toString())
                .setTimeout(PATIENCE)
                .build();
        provider = SdkTracerProvider.builder()
                .setIdGenerator(ids)
                .setResource(Resource.create(Attributes.builder()
                        .put("service.name", "sealpost")
                        .put("service.instance.id", instance)
                        .build()))
                .addSpanProcessor(BatchSpanProcessor.builder(exporter)
                        .setScheduleDelay(PAUSE)
                        .setMaxQueueSize(WAITING)
                        .build())
                .build();
        tracer = provider.get("dev.sealpost");
    }

    /** From the first byte at the door until the report is durable. */
    void door(Origin origin, String outcome, Instant end) {
        SpanBuilder builder = builder("report taken", SpanKind.PRODUCER, origin, outcome)
                .setNoParent()
                .setStartTimestamp(origin.received());
        ids.atDoor(origin.receipt(), () -> builder.startSpan().end(end));
    }

    /** The transaction that stores the report. */
    void store(Origin origin, String outcome, Instant begin, Instant end) {
        UUID receipt = origin.receipt();
        SpanContext door = SpanContext.createFromRemoteParent(
                ReceiptIds.trace(receipt), ReceiptIds.door(receipt), TraceFlags.getSampled(), TraceState.getDefault());
        builder("report stored", SpanKind.CONSUMER, origin, outcome)
                .setParent(Context.root().with(Span.wrap(door)))
                .setStartTimestamp(begin)
                .startSpan()
                .end(end);
    }

    private SpanBuilder builder(String name, SpanKind kind, Origin origin, String outcome) {
        return tracer.spanBuilder(name)
                .setSpanKind(kind)
                .setAttribute("sealpost.receipt", origin.receipt().toString())
                .setAttribute("sealpost.channel", origin.channel().label())
                .setAttribute("sealpost.provenance", origin.provenance().label())
                .setAttribute("sealpost.outcome", outcome);
    }

    @Override
    public void close() {
        provider.shutdown().join(STOP_SECONDS, TimeUnit.SECONDS);
    }
}
