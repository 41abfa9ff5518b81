package dev.repli.writerswitch;

/** Told where a switch is. Called inside the critical section: has to return at once. */
public interface SwitchObserver {
  default void before(SwitchRequest request, Phase phase) {}

  default void after(SwitchRequest request, Phase phase) {}

  /** Watches nothing. */
  SwitchObserver NONE = new SwitchObserver() {};
}
