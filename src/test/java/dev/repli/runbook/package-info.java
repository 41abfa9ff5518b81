/** What tests of every runbook share: an engine with its models, and one run on it. */
@NullMarked
package dev.repli.runbook;

import org.jspecify.annotations.NullMarked;
