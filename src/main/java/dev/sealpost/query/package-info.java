/** The questions of the read API, how they are asked and how they are answered. */
@NullMarked
package dev.sealpost.query;

import org.jspecify.annotations.NullMarked;
