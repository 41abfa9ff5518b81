package dev.repli.inplace;

/** What one step does. May be called again at any point: it looks first. */
interface StepAction {
  InPlaceStep step();

  /**
   * @throws RuntimeException when it cannot go on; the message is for people
   */
  void perform(Scene scene);

  /**
   * Writes down every command and statement in their order, as if each had worked; only looks. Its
   * scene is one of a dry run.
   */
  default void rehearse(Scene scene) {}
}
