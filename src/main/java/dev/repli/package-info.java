/** Runbook automation for database migrations: starts the application and nothing else. */
@NullMarked
package dev.repli;

import org.jspecify.annotations.NullMarked;
