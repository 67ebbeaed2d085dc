/** Watched and unclaimed domains: the one place that answers whose a domain is. */
@NullMarked
package dev.sealpost.watch;

import org.jspecify.annotations.NullMarked;
