/** RFC 8460 as records, the containers reports travel in, and the tolerant reader; JDK and Jackson only. */
@NullMarked
package dev.sealpost.report;

import org.jspecify.annotations.NullMarked;
