/** The one guarded way out to addresses that outsiders choose. */
@NullMarked
package dev.sealpost.outbound;

import org.jspecify.annotations.NullMarked;
