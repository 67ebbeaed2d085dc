/** Where a report came from: the door, the peer, what was verified of it, and the seal that keeps all three true. */
@NullMarked
package dev.sealpost.origin;

import org.jspecify.annotations.NullMarked;
