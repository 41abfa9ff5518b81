/**
 * Secrets from environment variables and files.
 *
 * <p>May use: plan.
 */
@NullMarked
package dev.repli.plan.secret;

import org.jspecify.annotations.NullMarked;
