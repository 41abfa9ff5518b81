package dev.repli.inplace;

/** Step 4: the restored data take the place of today's, which are kept. */
final class SwapInPlace implements StepAction {
  @Override
  public InPlaceStep step() {
    return InPlaceStep.SWAP;
  }

  @Override
  public void rehearse(Scene scene) {
    DataSwap.of(scene).rehearse();
  }

  @Override
  public void perform(Scene scene) {
    boolean aside = scene.files.exists(scene.kept());
    if (aside && !scene.files.exists(scene.restored())) {
      return;
    }
    if (scene.answers().isPresent()) {
      throw new InPlaceException(
          scene.at.node().label()
              + " runs, and would go on in a directory that is renamed; stop it, then try again");
    }
    scene.place().mustBeAsFound(scene);
    if (!aside && !scene.files.exists(scene.whole())) {
      throw new InPlaceException(
          scene.restored() + " is not whole; nothing takes the place of " + scene.at.data());
    }
    DataSwap.of(scene).putIn();
  }
}
