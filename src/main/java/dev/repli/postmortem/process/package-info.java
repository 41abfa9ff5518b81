/**
 * The post-mortem as steps and forms of its process.
 *
 * <p>May use: postmortem, engine, engine.hardening, run, plan, rollback.
 */
@NullMarked
package dev.repli.postmortem.process;

import org.jspecify.annotations.NullMarked;
