/** Starts the embedded PostgreSQL and Kafka. */
@NullMarked
package dev.sealpost.standalone;

import org.jspecify.annotations.NullMarked;
