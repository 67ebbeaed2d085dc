/** The one door: what every transport hands its bytes to, and the answer whether they are durable now. */
@NullMarked
package dev.sealpost.intake;

import org.jspecify.annotations.NullMarked;
