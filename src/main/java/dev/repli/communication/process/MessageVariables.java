package dev.repli.communication.process;

import dev.repli.engine.ProcessVariable;
import dev.repli.run.RunKey;
import java.util.List;

/** Variables of the approval of a message. */
final class MessageVariables {
  // what the run was started with
  static final ProcessVariable<RunKey> RUN_KEY =
      ProcessVariable.typed("runKey", "the key of a run", RunKey::value, RunKey::new);
  static final ProcessVariable<Boolean> DRY_RUN = ProcessVariable.flag("dryRun");

  /** Which message it is about. */
  static final ProcessVariable<String> DRAFT = ProcessVariable.text("draft");

  /** It only tells: other runs of the plan may start meanwhile. */
  static final ProcessVariable<Boolean> PLAN_RELEASED = ProcessVariable.flag("planReleased");

  // what the form shows, escaped
  static final ProcessVariable<String> ABOUT = ProcessVariable.text("aboutMessage");
  static final ProcessVariable<String> PREVIEW = ProcessVariable.text("messagePreview");

  /**
   * The text in one language; empty where nobody is told in it.
   *
   * @param text what people may change
   * @param shown what it was before
   */
  record Version(String language, ProcessVariable<String> text, ProcessVariable<String> shown) {}

  static final List<Version> VERSIONS =
      List.of(
          new Version("en", ProcessVariable.text("textEn"), ProcessVariable.text("shownEn")),
          new Version("fr", ProcessVariable.text("textFr"), ProcessVariable.text("shownFr")));

  // what people say
  static final String ANSWER = "messageAnswer";
  static final String REASON = "messageReason";
  static final ProcessVariable<String> ANSWERED_BY = ProcessVariable.text("answeredBy");

  static final ProcessVariable<Boolean> SENT = ProcessVariable.flag("messageSent");

  private MessageVariables() {}
}
