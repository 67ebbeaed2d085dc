/** The topics between door and tables: one publisher, one consumer, dead letters; the only user of the Kafka clients. */
@NullMarked
package dev.sealpost.stream;

import org.jspecify.annotations.NullMarked;
