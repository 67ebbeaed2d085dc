/** The command line: one small class per verb, each calling one feature. */
@NullMarked
package dev.sealpost.command;

import org.jspecify.annotations.NullMarked;
