/** The way of single reports as OpenTelemetry traces, for whoever collects these; only user of OpenTelemetry. */
@NullMarked
package dev.sealpost.trace;

import org.jspecify.annotations.NullMarked;
