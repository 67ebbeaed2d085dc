/** The tables: what is written, how cells are derived, what can be asked; the only user of the database. */
@NullMarked
package dev.sealpost.store;

import org.jspecify.annotations.NullMarked;
