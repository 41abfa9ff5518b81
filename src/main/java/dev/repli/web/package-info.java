/**
 * REST calls and pages; reads features and the journal only.
 *
 * <p>May use: every feature, never their process packages.
 */
@NullMarked
package dev.repli.web;

import org.jspecify.annotations.NullMarked;
