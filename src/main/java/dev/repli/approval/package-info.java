/**
 * Who may say yes to what: named people, bound to the fingerprint of the plan they were shown.
 *
 * <p><b>How a model asks for an approval.</b> A user task with these extension properties is an
 * approval; nothing else has to be programmed:
 *
 * <pre>{@code
 * <bpmn:userTask id="Task_ApproveRollback" name="Approve rollback ${incidentId}"
 *     camunda:candidateGroups="approvers" camunda:formRef="approve-rollback"
 *     camunda:formRefBinding="deployment">
 *   <bpmn:extensionElements><camunda:properties>
 *     <camunda:property name="repli.approval" value="rollback"/>
 *     <!-- only on the second of two: the question it is the second answer to -->
 *     <camunda:property name="repli.secondOf" value="firstQuestion"/>
 *   </camunda:properties></bpmn:extensionElements>
 * </bpmn:userTask>
 * }</pre>
 *
 * <p>With the question {@code rollback} the form has these fields (different questions have
 * different keys, so that a second form is never prefilled with the first answer):
 *
 * <ul>
 *   <li>{@code rollbackAnswer}, required: {@code approve} or {@code reject}; also the variable that
 *       the next gateway reads
 *   <li>{@code rollbackReason}: a text, required to reject
 *   <li>{@code fingerprint}: a read-only (not disabled: those are not sent) text field, which
 *       arrives filled: the value shown when the task was made
 * </ul>
 *
 * <p>The first answer can also be a proposal, given when another task was completed (its property
 * {@code repli.proposal} names it): the person who proposed something cannot approve it.
 *
 * <p>The instance, or the root instance that called it, has the variables {@code planId} and {@code
 * requestedBy}. Refused are, whatever way the answer takes and whoever the assignee is: people
 * without one of the plan's roles, the requester, the first approver on the second task (who does
 * not see it), a fingerprint that is not the run's any more, an answer after the plan's expiry.
 * Each accepted answer becomes a row of the table {@code approval} and a {@code Decided} entry of
 * the journal.
 *
 * <p>May use: plan, journal, run.
 */
@NullMarked
package dev.repli.approval;

import org.jspecify.annotations.NullMarked;
