package dev.repli.delta.conflict;

import dev.repli.delta.imports.ImportId;
import dev.repli.plan.Account;
import dev.repli.plan.Node;
import dev.repli.run.RunKey;

/**
 * An import whose held changes are decided.
 *
 * @param run whose people decide
 * @param into the node that was imported into
 * @param account the one that imports
 */
public record ConflictCase(ImportId id, RunKey run, Node into, Account account) {}
