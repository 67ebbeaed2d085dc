/** Who calls and what the caller may do; every resource but the public intake stands behind it. */
@NullMarked
package dev.sealpost.access;

import org.jspecify.annotations.NullMarked;
