/** Questions to the DNS, with the four outcomes that callers have to tell apart. */
@NullMarked
package dev.sealpost.dns;

import org.jspecify.annotations.NullMarked;
