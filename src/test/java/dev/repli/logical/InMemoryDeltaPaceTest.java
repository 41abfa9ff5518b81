package dev.repli.logical;

class InMemoryDeltaPaceTest extends DeltaPaceContract {
  private final InMemoryDeltaPace pace = new InMemoryDeltaPace();

  @Override
  protected DeltaPace pace() {
    return pace;
  }
}
