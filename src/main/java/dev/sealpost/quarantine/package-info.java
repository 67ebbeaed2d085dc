/** What could not be read: kept with its bytes, reason and origin, to be looked at and replayed. */
@NullMarked
package dev.sealpost.quarantine;

import org.jspecify.annotations.NullMarked;
