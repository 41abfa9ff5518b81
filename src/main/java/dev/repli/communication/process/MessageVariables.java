package dev.repli.communication.process;

import dev.repli.engine.ProcessVariable;
import dev.repli.run.RunKey;
import java.util.Map;

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

  /** By language, the text that people may change; empty where nobody is told in it. */
  static final Map<String, ProcessVariable<String>> TEXTS =
      Map.of("en", ProcessVariable.text("textEn"), "fr", ProcessVariable.text("textFr"));

  /** By language, the text as it was shown. */
  static final Map<String, ProcessVariable<String>> SHOWN =
      Map.of("en", ProcessVariable.text("shownEn"), "fr", ProcessVariable.text("shownFr"));

  // what people say
  static final String ANSWER = "messageAnswer";
  static final String REASON = "messageReason";
  static final ProcessVariable<String> ANSWERED_BY = ProcessVariable.text("answeredBy");

  static final ProcessVariable<Boolean> SENT = ProcessVariable.flag("messageSent");

  private MessageVariables() {}
}
