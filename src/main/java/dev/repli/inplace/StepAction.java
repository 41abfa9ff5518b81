package dev.repli.inplace;

/** What one step does. May be called again at any point: it looks first. */
interface StepAction {
  InPlaceStep step();

  /**
   * @throws RuntimeException when it cannot go on; the message is for people
   */
  void perform(Scene scene);
}
