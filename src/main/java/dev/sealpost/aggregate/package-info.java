/** From the topic to the tables: reading, attribution, one transaction a batch, and bisection of what does not fit. */
@NullMarked
package dev.sealpost.aggregate;

import org.jspecify.annotations.NullMarked;
