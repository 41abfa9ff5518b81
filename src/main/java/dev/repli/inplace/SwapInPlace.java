package dev.repli.inplace;

/** Step 4: two renames; today's directory is kept. */
final class SwapInPlace implements StepAction {
  @Override
  public InPlaceStep step() {
    return InPlaceStep.SWAP;
  }

  @Override
  public void rehearse(Scene scene) {
    scene.files.renamed(scene.at.data(), scene.kept());
    scene.files.renamed(scene.restored(), scene.at.data());
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
    if (!aside) {
      if (!scene.files.exists(scene.whole())) {
        throw new InPlaceException(
            scene.restored() + " is not whole; nothing takes the place of " + scene.at.data());
      }
      scene.files.rename(scene.at.data(), scene.kept());
    }
    scene.files.rename(scene.restored(), scene.at.data());
  }
}
