/** Judges the days of domains that changed, keeps what was found as alerts, and explains them. */
@NullMarked
package dev.sealpost.alert;

import org.jspecify.annotations.NullMarked;
