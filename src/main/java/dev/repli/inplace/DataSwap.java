package dev.repli.inplace;

import dev.repli.journal.Evidence.Milestone;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** How the restored data take the place of today's, and how these come back. Repeatable. */
sealed interface DataSwap {
  static DataSwap of(Scene scene) {
    return scene.place().mounted() ? new MovedContent(scene) : new RenamedDirectory(scene);
  }

  /** Today's data become the kept ones, then the restored ones today's. */
  void putIn();

  /** Today's data as before; the restored ones beside them, as far as they had come. */
  void takeBack();

  /** Every command, whatever is there. */
  void rehearse();

  /** Two renames: which of both was done is seen. */
  record RenamedDirectory(Scene scene) implements DataSwap {
    @Override
    public void putIn() {
      if (!scene.files.exists(scene.kept())) {
        scene.files.rename(scene.place().real(), scene.kept());
      }
      scene.files.rename(scene.restored(), scene.place().real());
    }

    @Override
    public void takeBack() {
      if (scene.files.exists(scene.place().real())) {
        scene.files.rename(scene.place().real(), scene.restored());
      }
      scene.files.rename(scene.kept(), scene.place().real());
    }

    @Override
    public void rehearse() {
      scene.files.renamed(scene.place().real(), scene.kept());
      scene.files.renamed(scene.restored(), scene.place().real());
    }
  }

  /** What is in a mount point: whose it is cannot be seen half-way, so the journal says it. */
  record MovedContent(Scene scene) implements DataSwap {
    private static final String ASIDE = "IN_PLACE_PUT_ASIDE";
    private static final String TAKEN_OUT = "IN_PLACE_TAKEN_OUT";
    private static final int AT_ONCE = 100;

    /**
     * Goes first and comes last: without it no server gets as far as to serve, should the machine
     * come up again and start one while half of the content has moved.
     */
    private static final String SYSTEM = "mysql";

    @Override
    public void putIn() {
      if (happened(TAKEN_OUT)) {
        throw new InPlaceException(
            "today's data were about to come back to %s; finish going back"
                .formatted(scene.place().real()));
      }
      scene.makeServersDirectory(scene.kept());
      if (!happened(ASIDE)) {
        move(scene.place().real(), scene.kept());
        note(ASIDE, "%s: today's data are in %s".formatted(where(), scene.kept()));
      }
      if (scene.files.exists(scene.restored())) {
        move(scene.restored(), scene.place().real());
        deleteEmpty(scene.restored());
      }
    }

    @Override
    public void takeBack() {
      if (!happened(TAKEN_OUT)) {
        if (happened(ASIDE)) {
          scene.makeServersDirectory(scene.restored());
          move(scene.place().real(), scene.restored());
        }
        note(TAKEN_OUT, "%s: nothing restored is in its data directory".formatted(where()));
      }
      move(scene.kept(), scene.place().real());
      deleteEmpty(scene.kept());
    }

    @Override
    public void rehearse() {
      scene.makeServersDirectory(scene.kept());
      plan(scene.place().real(), scene.kept());
      plan(scene.restored(), scene.place().real());
    }

    private void move(Path from, Path into) {
      List<String> names = inOrder(scene.place().servers(scene.files.list(from)), from);
      int done = 0;
      do {
        scene.watch.progress(done, names.size(), "files moved");
        List<String> some = names.subList(done, Math.min(names.size(), done + AT_ONCE));
        scene.files.move(from, into, some);
        done += some.size();
      } while (done < names.size());
    }

    private List<String> inOrder(List<String> names, Path from) {
      Comparator<String> systemFirst = Comparator.comparing(name -> !name.equals(SYSTEM));
      boolean out = from.equals(scene.place().real());
      return names.stream().sorted(out ? systemFirst : systemFirst.reversed()).toList();
    }

    private void plan(Path from, Path into) {
      scene.note(
          Notes.planned(scene.host.label(), "/bin/mv -n -t %s -- %s/*".formatted(into, from)));
    }

    private void deleteEmpty(Path directory) {
      List<String> left = scene.files.list(directory);
      if (!left.isEmpty()) {
        throw new InPlaceException(
            "%s is not empty, it holds %s; look what it is, and move it away"
                .formatted(directory, left.get(0)));
      }
      scene.files.delete(directory);
    }

    private boolean happened(String milestone) {
      return scene.journal().newestMilestone(scene.run(), milestone).isPresent();
    }

    private void note(String name, String text) {
      scene.watch.mine();
      scene.note(new Milestone(name, text, Map.of()));
    }

    private String where() {
      return scene.at.node().label();
    }
  }
}
