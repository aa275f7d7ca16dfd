package org.loupe.viewer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.application.Platform;
import org.loupe.dicom.StoredView;
import org.loupe.image.Pixel;
import org.loupe.image.SlicePlane;
import org.loupe.study.Series;
import org.loupe.study.SourceImages;
import org.loupe.threads.Background;
import org.loupe.viewer.layout.PaneGrid;
import org.loupe.viewer.layout.PaneLink;
import org.loupe.viewer.measure.Annotations;
import org.loupe.viewer.viewport.ImagePane;
import org.loupe.viewer.viewport.ViewState;
import org.loupe.viewer.viewport.Windows;

/**
 * Presentation states among what is opened. The newest of a series is shown once, as soon as a pane
 * has the series, and the others on demand. FX thread.
 */
final class SavedViews implements AutoCloseable {

  private final ExecutorService thread = Background.single("views");
  private final PaneGrid grid;
  private final PaneLink link;
  private final Function<List<Series>, List<Path>> sources;
  private final Consumer<String> say;
  private final List<SavedViewLayer> layers = new ArrayList<>();

  /** The oldest first. */
  private final List<StoredView> known = new ArrayList<>();

  /** Ids of series whose newest view has been shown. */
  private final Set<String> greeted = new HashSet<>();

  /** The view that was shown last; null before the first. */
  private StoredView latest;

  /** Rises when studies are closed: an image that is on its way then comes too late. */
  private int generation;

  /**
   * @param sources where the images of series are
   * @param say tells the user what is shown
   */
  SavedViews(
      PaneGrid grid,
      PaneLink link,
      Annotations annotations,
      Function<List<Series>, List<Path>> sources,
      Consumer<String> say) {
    this.grid = grid;
    this.link = link;
    this.sources = sources;
    this.say = say;
    for (ImagePane pane : grid.all()) {
      SavedViewLayer layer = new SavedViewLayer(pane, annotations);
      layers.add(layer);
      pane.decorate(layer);
      pane.seriesProperty().subscribe(() -> Platform.runLater(this::greet));
    }
  }

  /**
   * Takes the states of what has been opened, the oldest first.
   *
   * @param looked whether the panes show what was looked at last: then none is shown in its place
   */
  void add(List<StoredView> found, boolean looked) {
    if (found.isEmpty()) {
      return;
    }
    known.removeIf(k -> found.stream().anyMatch(f -> f.instanceUid().equals(k.instanceUid())));
    known.addAll(found);
    for (ImagePane pane : grid.all()) {
      Series series = pane.seriesProperty().get();
      if (series != null && found.stream().anyMatch(f -> slice(series, f) >= 0)) {
        if (looked) {
          greeted.add(series.id());
        } else {
          greeted.remove(series.id());
        }
      }
    }
    greet();
  }

  /** Forgets all states. */
  void clear() {
    generation++;
    known.clear();
    greeted.clear();
    latest = null;
    layers.forEach(SavedViewLayer::clear);
  }

  /** Shows the newest states of the series that panes show, those that have not been shown yet. */
  private void greet() {
    for (ImagePane pane : grid.visible()) {
      Series series = pane.seriesProperty().get();
      if (series != null && !greeted.contains(series.id())) {
        List<StoredView> own = of(series);
        if (!own.isEmpty()) {
          greeted.add(series.id());
          show(pane, own.get(own.size() - 1));
        }
      }
    }
  }

  /** Shows the next state of the active pane's series, after the last one the first. */
  void next() {
    ImagePane pane = grid.activeProperty().get();
    Series series = pane.seriesProperty().get();
    List<StoredView> own = series == null ? List.of() : of(series);
    if (own.isEmpty()) {
      say.accept(Texts.of("views.none"));
    } else {
      show(pane, own.get((own.indexOf(latest) + 1) % own.size()));
    }
  }

  /** Shows or hides what the states draw. */
  void toggleDrawings() {
    layers.forEach(SavedViewLayer::toggle);
  }

  /** The states that are views of a series, the oldest first. */
  private List<StoredView> of(Series series) {
    return known.stream().filter(v -> slice(series, v) >= 0).toList();
  }

  /** The slice of a series that a state is a view of; -1 where it is of none. */
  private static int slice(Series series, StoredView view) {
    for (StoredView.Reference image : view.images()) {
      for (int k = 0; k < series.instanceIds().size(); k++) {
        String id = series.instanceIds().get(k);
        boolean frame =
            id.startsWith(image.instanceUid() + "/")
                && (image.frames().isEmpty()
                    || image.frames().stream().anyMatch(n -> id.endsWith("/" + n)));
        if (id.equals(image.instanceUid()) || frame) {
          return k;
        }
      }
    }
    return -1;
  }

  private void show(ImagePane pane, StoredView view) {
    Series series = pane.seriesProperty().get();
    int slice = slice(series, view);
    int now = generation;
    latest = view;
    List<Path> files = sources.apply(List.of(series));
    thread.execute(
        () -> {
          try {
            SlicePlane own =
                SourceImages.find(files, List.of(series), d -> d).of(series, slice).plane();
            Platform.runLater(
                () -> {
                  Series there = pane.seriesProperty().get();
                  if (now == generation && there != null && there.id().equals(series.id())) {
                    apply(pane, view, slice, own);
                  }
                });
          } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            Platform.runLater(() -> say.accept(Texts.of("views.failed", e.getMessage())));
          }
        });
  }

  /**
   * @param own lattice of the image that the state's coordinates are of
   */
  private void apply(ImagePane pane, StoredView view, int slice, SlicePlane own) {
    boolean linked = link.onProperty().get();
    link.onProperty().set(false);
    pane.present(s -> StoredLook.of(view, own).of(s));
    Series series = pane.seriesProperty().get();
    ViewState state =
        pane.stateProperty()
            .get()
            .withSlice(slice)
            .withWindow(view.window() == null ? Windows.TAGS.of(series) : view.window());
    SlicePlane shown = series.volume().plane(slice);
    if (view.area() != null && pane.pixelWidth() > 0) {
      state = placed(state, view.area(), own, shown, pane.pixelWidth(), pane.pixelHeight());
    }
    pane.setState(state);
    pane.settings().invertByState(view.inverted());
    layers.get(grid.all().indexOf(pane)).show(view, slice, own);
    // The pane would go to where the active one is.
    boolean led = linked && link.leads(grid.activeProperty().get(), pane);
    link.onProperty().set(linked && !led);
    int count = of(series).size();
    say.accept(
        Texts.of("views.shown", view.label(), count)
            + StoredLook.unshown(view)
            + (led ? Texts.of("views.unlinked") : ""));
  }

  /** The view that has the area as large as the pane takes it (SCALE TO FIT). */
  private static ViewState placed(
      ViewState state,
      StoredView.Area area,
      SlicePlane own,
      SlicePlane shown,
      int width,
      int height) {
    Pixel from = area.topLeft();
    Pixel to = area.bottomRight();
    // Half a pixel further out lie the edges.
    double columns = to.column() >= from.column() ? 0.5 : -0.5;
    double rows = to.row() >= from.row() ? 0.5 : -0.5;
    Pixel a = shown.toPixel(own.toPatient(from.column() - columns, from.row() - rows));
    Pixel b = shown.toPixel(own.toPatient(to.column() + columns, to.row() + rows));
    double mm =
        Math.max(
            Math.abs(b.column() - a.column()) * shown.columnSpacing() / width,
            Math.abs(b.row() - a.row()) * shown.rowSpacing() / height);
    double finer = Math.min(shown.columnSpacing(), shown.rowSpacing());
    double clamped = Math.clamp(mm, finer / ViewState.MAX_ZOOM, finer / ViewState.MIN_ZOOM);
    Pixel middle = new Pixel((a.column() + b.column()) / 2, (a.row() + b.row()) / 2);
    return state.withPlace(middle, clamped).kept(shown);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
