package org.loupe.viewer.layout;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import org.loupe.image.Contrast;
import org.loupe.image.RigidRegistration;
import org.loupe.image.RigidTransform;
import org.loupe.study.Series;
import org.loupe.threads.Background;
import org.loupe.viewer.Texts;
import org.loupe.viewer.study.OpenSeries;
import org.loupe.viewer.study.OpenStudies;
import org.loupe.viewer.viewport.ImagePane;

/**
 * Links frames of reference that have nothing in common, as those of a patient's studies of two
 * dates, by registering two series of one contrast. Approximate, only while the user wants it, and
 * only for going to the same place: super-resolution never takes a reference from another frame
 * because of it. FX thread; registering runs in the background.
 */
public final class Registrations implements FrameAlignment, AutoCloseable {

  /** Contrasts to register by, the best first. */
  private static final List<Contrast> CONTRASTS =
      List.of(Contrast.T2, Contrast.FLAIR, Contrast.T1, Contrast.PD);

  /** Two series of one contrast, one in each frame. */
  private record Pair(OpenSeries first, OpenSeries second) {}

  private final OpenStudies studies;
  private final Consumer<String> say;
  private final BooleanProperty on = new SimpleBooleanProperty(this, "on");

  /** Transforms from the first frame of a pair to the second, in both orders. */
  private final Map<List<String>, RigidTransform> known = new HashMap<>();

  /** Pairs of frames that are being registered, or that cannot be. */
  private final Set<List<String>> tried = new HashSet<>();

  private final ExecutorService thread = Background.single("registration");

  /** Registrations that have not come to an end. FX thread. */
  private int running;

  /**
   * @param say tells the user what was done or went wrong
   */
  public Registrations(OpenStudies studies, Consumer<String> say) {
    this.studies = studies;
    this.say = say;
    on.subscribe(
        now -> {
          if (!now) {
            // What is under way is dropped, and what failed may be tried again.
            tried.retainAll(known.keySet());
          }
        });
  }

  /** Whether registered frames are linked. */
  public BooleanProperty onProperty() {
    return on;
  }

  @Override
  public Optional<RigidTransform> between(Series from, Series to) {
    if (studies.paired(from, to) || frame(from).equals(frame(to))) {
      return Optional.of(RigidTransform.IDENTITY);
    }
    return on.get()
        ? Optional.ofNullable(known.get(List.of(frame(from), frame(to))))
        : Optional.empty();
  }

  /** Identity of a series' frame of reference: of its own where it is not known. */
  private String frame(Series series) {
    if (!series.frameOfReference().isEmpty()) {
      return series.frameOfReference();
    }
    return "series " + studies.source(series).map(o -> o.series().id()).orElse(series.id());
  }

  /**
   * Registers the frames of panes with that of the active one, as far as they are not linked yet.
   *
   * @param then run when one more frame can be linked
   */
  public void register(ImagePane active, List<ImagePane> panes, Runnable then) {
    Series source = active.seriesProperty().get();
    if (!on.get() || source == null) {
      return;
    }
    for (ImagePane pane : panes) {
      Series target = pane.seriesProperty().get();
      if (target != null && between(source, target).isEmpty()) {
        begin(frame(source), frame(target), then);
      }
    }
  }

  private void begin(String from, String to, Runnable then) {
    if (!tried.add(List.of(from, to))) {
      return;
    }
    Optional<Pair> found = pair(from, to);
    if (found.isEmpty()) {
      say.accept(Texts.of("registered.noContrast"));
      return;
    }
    Pair pair = found.get();
    String one = pair.first().study().patient();
    String two = pair.second().study().patient();
    if (!one.isBlank() && !two.isBlank() && !one.equals(two)) {
      say.accept(Texts.of("registered.otherPatient"));
      return;
    }
    say.accept(Texts.of("registered.running"));
    running++;
    thread.execute(
        () -> {
          Optional<RigidRegistration.Result> result;
          String why = "";
          try {
            result =
                RigidRegistration.between(
                    pair.first().series().volume(), pair.second().series().volume());
          } catch (RuntimeException e) {
            // A file that has vanished since it was opened.
            result = Optional.empty();
            why = e.getMessage();
          }
          Optional<RigidRegistration.Result> end = result;
          String sentence = why.isEmpty() ? Texts.of("registered.unlike") : why;
          Platform.runLater(() -> end(from, to, pair, end, sentence, then));
        });
  }

  private void end(
      String from,
      String to,
      Pair pair,
      Optional<RigidRegistration.Result> result,
      String why,
      Runnable then) {
    running--;
    if (!tried.contains(List.of(from, to))) {
      // Closed or switched off meanwhile.
      return;
    }
    if (result.isEmpty()) {
      say.accept(why);
      return;
    }
    known.put(List.of(from, to), result.get().transform());
    known.put(List.of(to, from), result.get().transform().inverse());
    String contrast = Texts.of("contrast." + pair.first().series().contrast());
    say.accept(Texts.of("registered.done", contrast, result.get().correlation()));
    then.run();
  }

  private Optional<Pair> pair(String from, String to) {
    for (Contrast contrast : CONTRASTS) {
      Optional<OpenSeries> first = of(contrast, from);
      Optional<OpenSeries> second = of(contrast, to);
      if (first.isPresent() && second.isPresent()) {
        return Optional.of(new Pair(first.get(), second.get()));
      }
    }
    return Optional.empty();
  }

  /** A series of a contrast as it was acquired, in a frame. */
  private Optional<OpenSeries> of(Contrast contrast, String frame) {
    return studies.series().stream()
        .filter(o -> o.series().contrast() == contrast && frame(o.series()).equals(frame))
        .filter(o -> studies.source(o.series()).filter(o::equals).isPresent())
        .findFirst();
  }

  /** Whether frames are being registered. */
  public boolean busy() {
    return running > 0;
  }

  /** Forgets everything: the studies have been closed. */
  public void clear() {
    on.set(false);
    known.clear();
    tried.clear();
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
