package org.loupe.viewer.viewport;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleConsumer;
import java.util.function.UnaryOperator;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableValue;
import javafx.css.PseudoClass;
import javafx.scene.Scene;
import javafx.scene.layout.Region;
import javafx.scene.shape.Rectangle;
import javafx.stage.Window;
import org.loupe.image.Image2;
import org.loupe.image.Pixel;
import org.loupe.image.SlicePlane;
import org.loupe.image.Vec3;
import org.loupe.sr.ReferenceOnly;
import org.loupe.study.Series;
import org.loupe.viewer.Texts;

/**
 * One image pane: a series, a {@link ViewState} of it, and the controls over it. A change of
 * anything marks the pane dirty; it is painted once in the next pulse, before its layout, from what
 * holds then.
 */
public final class ImagePane extends Region {

  private static final PseudoClass ACTIVE = PseudoClass.getPseudoClass("active");

  private final Screen screen = new Screen();
  private final PaneLabels labels = new PaneLabels();
  private final PaneReadout readout = new PaneReadout(labels);
  private final PaneSettings settings = new PaneSettings();
  private final WipeDivider divider = new WipeDivider(settings.splitProperty());
  private final Blinker blinker = new Blinker(settings);
  private final PanePainter painter;
  private final SrLayers layers;
  private final PaneDecorations decorations = new PaneDecorations();
  private final PanePointer pointer = new PanePointer();
  private final PaneTimers timers = new PaneTimers();
  private final Runnable pulse = this::paintIfDirty;
  private final PaneCoordinates coordinates;
  private final AnimationTimer fader =
      new AnimationTimer() {
        @Override
        public void handle(long now) {
          invalidate();
        }
      };

  private final ReadOnlyObjectWrapper<Series> series = new ReadOnlyObjectWrapper<>(this, "series");
  private final ReadOnlyObjectWrapper<ViewState> state = new ReadOnlyObjectWrapper<>(this, "state");
  private final ReadOnlyObjectWrapper<Badge> badge = new ReadOnlyObjectWrapper<>(this, "badge");
  private final BooleanProperty active = new SimpleBooleanProperty(this, "active");

  private final List<Runnable> onPainted = new ArrayList<>();
  private String patient = "";

  /** What the shown series is made of; null in an empty pane. */
  private Presented presented;

  private PaneGeometry geometry;

  /** Why the shown slice cannot be read; empty where it can. */
  private String unreadable = "";

  /** Whether the slice is to fill the pane whatever size the pane takes. */
  private boolean fitted = true;

  private boolean dirty;

  /** Whether a tile was not yet opaque in the last painting. */
  private boolean fading;

  public ImagePane(SrService service, SrSubjects subjects) {
    painter =
        new PanePainter(screen, service, subjects, settings, labels, divider, this::invalidate);
    layers = painter.layers();
    getStyleClass().add("image-pane");
    setMinSize(0, 0);
    setFocusTraversable(true);
    Rectangle clip = new Rectangle();
    clip.widthProperty().bind(widthProperty());
    clip.heightProperty().bind(heightProperty());
    setClip(clip);
    labels.setManaged(false);
    getChildren().addAll(screen, decorations, divider, labels);
    ObservableValue<Number> outputScale =
        sceneProperty()
            .flatMap(Scene::windowProperty)
            .flatMap(Window::outputScaleXProperty)
            .orElse(1.0);
    outputScale.subscribe(() -> requestLayout());
    coordinates = new PaneCoordinates(screen, outputScale, () -> geometry);
    sceneProperty()
        .subscribe(
            (before, now) -> {
              if (before != null) {
                before.removePreLayoutPulseListener(pulse);
                // Nobody sees it fade; it is painted anew when it comes back.
                fading = false;
                fader.stop();
              }
              if (now != null) {
                now.addPreLayoutPulseListener(pulse);
                invalidate();
              }
            });
    state.subscribe(this::invalidate);
    settings.subscribe(this::invalidate);
    settings.anonymousProperty().subscribe(this::names);
    settings.comparisonProperty().subscribe(c -> blinker.run(c == Comparison.BLINK));
    service.model().subscribe(this::invalidate);
    if (service.choice() != null) {
      service.choice().otherProperty().subscribe(this::invalidate);
    }
    active.subscribe(
        on -> {
          pseudoClassStateChanged(ACTIVE, on);
          invalidate();
        });
    setOnMouseMoved(e -> pointAt(coordinates.device(e.getX()), coordinates.device(e.getY())));
    setOnMouseExited(
        e -> {
          pointer.leave();
          showProbe();
        });
    readout.clear();
    labels.message(Texts.of("pane.empty"));
  }

  /**
   * Shows a series from its middle slice, the whole slice in the pane.
   *
   * @param patientLines patient and study, line by line
   */
  public void show(Series shown, String patientLines) {
    settings.forgetState();
    presented = Presented.asIs(shown);
    put(shown, patientLines);
  }

  /**
   * Shows the pane's series as a presentation state has it, and whatever the series becomes, until
   * a series is shown anew; the place in the middle stays. Nothing happens in an empty pane.
   *
   * @param as turns arrays, every pixel keeping its place in the patient, or bends the grey scale
   */
  public void present(UnaryOperator<Series> as) {
    if (presented != null) {
      present(presented.in(as));
    }
  }

  /**
   * Turns what is shown so that two directions of the patient lie to the right and down on the
   * screen; the place in the middle stays. Nothing happens in an empty pane.
   *
   * @param right unit vector
   * @param down unit vector
   */
  public void turn(Vec3 right, Vec3 down) {
    if (presented != null) {
      present(presented.turned(right, down));
    }
  }

  private void present(Presented next) {
    ViewState view = state.get();
    boolean whole = fitted;
    Vec3 middle = plane().toPatient(view.centre().column(), view.centre().row());
    presented = next;
    put(next.series(), patient);
    setState(view.withCentre(series.get().volume().plane(view.slice()).toPixel(middle)));
    if (whole) {
      fit();
    }
  }

  private void put(Series shown, String patientLines) {
    Series before = series.get();
    boolean same =
        before != null
            && before.id().equals(shown.id())
            && before.volume().planes().equals(shown.volume().planes());
    series.set(shown);
    patient = patientLines;
    names();
    labels.message("");
    if (!same) {
      fitted = true;
      int middle = shown.volume().depth() / 2;
      state.set(
          ViewState.fit(
              shown.volume().plane(middle),
              middle,
              Windows.TAGS.of(shown),
              screen.width(),
              screen.height()));
    }
    invalidate();
  }

  /**
   * Shows what a series has become, as while its files are read: the shown slice stays, wherever it
   * lies in the stack now.
   */
  @SuppressWarnings("ReferenceEquality") // equal values may be two volumes in memory
  public void follow(Series of, String patientLines) {
    Series before = series.get();
    ViewState view = state.get();
    Presented next = presented.of(of);
    Series now = of == presented.source() ? before : next.series();
    int slice = now.instanceIds().indexOf(before.instanceIds().get(view.slice()));
    if (slice < 0 || !now.volume().plane(slice).equals(plane())) {
      show(of, patientLines);
      return;
    }
    presented = next;
    series.set(now);
    patient = patientLines;
    names();
    state.set(view.withSlice(slice));
    invalidate();
  }

  /** Whether the whole slice is shown, whatever size the pane takes. */
  public boolean fitted() {
    return fitted;
  }

  private void names() {
    if (series.get() != null) {
      readout.series(series.get(), settings.anonymousProperty().get() ? "" : patient);
    }
  }

  /** Empties the pane and drops what it had asked for. */
  public void clear() {
    series.set(null);
    presented = null;
    state.set(null);
    badge.set(null);
    geometry = null;
    patient = "";
    painter.clear();
    decorations.update(null);
    readout.clear();
    labels.message(Texts.of("pane.empty"));
    invalidate();
  }

  /** Says above the slice's number by what it is marked; empty for nothing. */
  public void mark(String text) {
    labels.mark(text);
  }

  /** Says in the middle of the pane what went wrong. */
  public void message(String text) {
    labels.message(text);
  }

  /** Takes over a view as it is, as linked panes do. */
  public void setState(ViewState next) {
    fitted = false;
    state.set(next);
  }

  /** Changes slice, place or window; nothing happens in an empty pane. */
  public void change(UnaryOperator<ViewState> gesture) {
    if (state.get() != null) {
      ViewState next = gesture.apply(state.get());
      ViewState now = state.get();
      if (next.mmPerPixel() != now.mmPerPixel() || !next.centre().equals(now.centre())) {
        fitted = false;
      }
      state.set(next);
    }
  }

  /** The whole slice in the pane, now and when the pane's size changes. */
  public void fit() {
    ViewState now = state.get();
    if (now != null) {
      fitted = true;
      state.set(ViewState.fit(plane(), now.slice(), now.window(), screen.width(), screen.height()));
    }
  }

  /** The shown slice's lattice; only while a series is shown. */
  public SlicePlane plane() {
    return series.get().volume().plane(state.get().slice());
  }

  /**
   * The shown slice's pixels; only while a series is shown. Null where they cannot be read, as when
   * their file has vanished since it was opened: the pane says so at its next painting.
   */
  public Image2 slice() {
    try {
      return series.get().volume().slice(state.get().slice());
    } catch (UncheckedIOException e) {
      if (!e.getMessage().equals(unreadable)) {
        unreadable = e.getMessage();
        invalidate();
      }
      return null;
    }
  }

  /** Between the pane, its device pixels and the patient. */
  public PaneCoordinates coordinates() {
    return coordinates;
  }

  /** Draws the marks over the image anew, because what they tell has changed. */
  public void redecorate() {
    if (geometry != null && series.get() != null) {
      decorations.update(geometry);
      showProbe();
    }
  }

  /** The super-resolved value of an output pixel of the view's lattice; NaN where there is none. */
  public double resolvedAt(int x, int y) {
    return layers.shown().valueAt(x, y);
  }

  /** Identity of model, slice, reference and prior of what {@link #resolvedAt} reads. */
  public String resolvedKey() {
    return layers.shown().sliceKey();
  }

  /** The expected error of an output pixel of the view's lattice; NaN where there is none. */
  public double expectedErrorAt(int x, int y) {
    return layers.shown().errorAt(x, y);
  }

  /** Shows the probe at a patient position, as a pointer there would. */
  public void pointAtPatient(Vec3 point) {
    if (geometry != null) {
      Pixel p = geometry.plane().toPixel(point);
      pointAt(geometry.deviceX(p.column()), geometry.deviceY(p.row()));
    }
  }

  private void pointAt(double x, double y) {
    pointer.at(x, y);
    showProbe();
  }

  private void showProbe() {
    if (geometry != null && series.get() != null) {
      Probe probe = probe();
      readout.probe(series.get(), probe, told(probe));
    }
  }

  /** What the marks over the image tell of the place under the pointer. */
  private String told(Probe probe) {
    return probe == null ? "" : decorations.told(probe.patient());
  }

  /** What lies under the pointer; null when it is outside the image. */
  public Probe probe() {
    Image2 pixels = geometry == null ? null : slice();
    return pixels == null ? null : pointer.probe(geometry, pixels, layers.shown());
  }

  private void invalidate() {
    dirty = true;
    if (getScene() != null) {
      Platform.requestNextPulse();
    }
  }

  @Override
  protected void layoutChildren() {
    double scale = coordinates.scale();
    int w = (int) Math.round(getWidth() * scale);
    int h = (int) Math.round(getHeight() * scale);
    if (w < 1 || h < 1) {
      return;
    }
    if (w != screen.width() || h != screen.height()) {
      screen.resize(w, h);
      if (fitted) {
        fit();
      }
      dirty = true;
    }
    screen.place(0, 0, scale);
    labels.resizeRelocate(0, 0, getWidth(), getHeight());
    divider.place(getWidth(), getHeight());
    decorations.resizeRelocate(0, 0, getWidth(), getHeight());
    paintIfDirty();
  }

  private void paintIfDirty() {
    if (!dirty || screen.width() == 0) {
      return;
    }
    dirty = false;
    Series shown = series.get();
    screen.setVisible(shown != null);
    if (shown == null) {
      divider.setVisible(false);
      fading = false;
      fader.stop();
      return;
    }
    Image2 pixels = slice();
    if (pixels == null) {
      blank();
      return;
    }
    if (!unreadable.isEmpty()) {
      unreadable = "";
      labels.message("");
    }
    long start = System.nanoTime();
    ViewState view = state.get();
    PanePainter.Painted painted =
        painter.paint(
            new PanePainter.Scene(shown, pixels, view, pointer.onLattice(geometry), active.get()),
            timers);
    geometry = painted.geometry();
    boolean mirrored = presented.mirrored(shown);
    badge.set(painted.badge().with(mirrored ? Texts.of("badge.mirrored") : ""));
    Probe probe = probe();
    readout.update(shown, view, geometry, badge.get(), probe, told(probe));
    readout.scale(shown, view.mmPerPixel() * coordinates.scale(), getWidth());
    if (divider.isVisible()) {
      divider.place(getWidth(), getHeight());
    }
    fading = painted.fading();
    if (fading) {
      fader.start();
    } else {
      fader.stop();
    }
    setAccessibleText(Badge.name(shown) + ", " + badge.get().headline());
    decorations.update(geometry);
    timers.painted(start, (System.nanoTime() - start) / 1e6);
    List.copyOf(onPainted).forEach(Runnable::run);
  }

  /** Shows no picture but why there is none, so that none of another slice is taken for it. */
  private void blank() {
    painter.clear();
    fading = false;
    fader.stop();
    geometry = null;
    badge.set(null);
    screen.blacken();
    readout.blank(series.get(), state.get());
    labels.message(Texts.of("pane.unreadable", unreadable));
    decorations.update(null);
    List.copyOf(onPainted).forEach(Runnable::run);
  }

  /** Paints again because references or contrasts have changed. */
  public void refresh() {
    invalidate();
  }

  /** Whether marks over the image, such as segments, are still being made. */
  public boolean marksPending() {
    return decorations.pending();
  }

  /** Whether everything wanted is on the screen: nothing runs, fades or waits to be painted. */
  public boolean settled() {
    return !dirty
        && layers.status().phase() != SrStatus.Phase.RUNNING
        && !painter.watch().busy()
        && !fading
        && !marksPending();
  }

  /** Whether super-resolved pixels, or what was worked out from them, are in the image. */
  public boolean showsResolved() {
    return layers.showResolved();
  }

  /** Whether super-resolved pixels are in the image or in what lies over it, such as a lens. */
  public boolean showsResolvedAnywhere() {
    return showsResolved() || decorations.showResolved();
  }

  /** A copy of the image's device pixels, opaque ARGB row by row, without what lies over it. */
  public int[] pixels() {
    return screen.pixels().clone();
  }

  /** Columns of {@link #pixels()}. */
  public int pixelWidth() {
    return screen.width();
  }

  /** Rows of {@link #pixels()}. */
  public int pixelHeight() {
    return screen.height();
  }

  /** Whether nothing has changed since the last painting. */
  public boolean painted() {
    return !dirty;
  }

  /**
   * @param action hears on the FX thread whenever a view has been super-resolved: of how many
   *     decoded pixels per device pixel along an axis, up to 1
   */
  public void setOnCompleted(DoubleConsumer action) {
    layers.setOnCompleted(action);
  }

  /** How far super-resolution is. */
  public SrStatus status() {
    return layers.status();
  }

  /** Where the pane's device pixels lie; null before the first painting. */
  public PaneGeometry geometry() {
    return geometry;
  }

  /**
   * @param action run on the FX thread after every painting of an image
   */
  public void setOnPainted(Runnable action) {
    onPainted.add(action);
  }

  /** Has somebody hear how long painting and super-resolving take. */
  public void time(PaneTimer timer) {
    timers.add(timer);
  }

  /** Places on the slice that only the reference shows; null where they are not looked for. */
  public List<ReferenceOnly.Place> referenceOnly() {
    return painter.watch().places();
  }

  /** Lays marks over the image; later ones over earlier ones. */
  public void decorate(PaneDecoration decoration) {
    decorations.add(decoration, series.get() == null ? null : geometry);
  }

  public ReadOnlyObjectProperty<Series> seriesProperty() {
    return series.getReadOnlyProperty();
  }

  public ReadOnlyObjectProperty<ViewState> stateProperty() {
    return state.getReadOnlyProperty();
  }

  /** What the pane says of its pixels; null while it is empty. */
  public ReadOnlyObjectProperty<Badge> badgeProperty() {
    return badge.getReadOnlyProperty();
  }

  /** How the slice is shown. */
  public PaneSettings settings() {
    return settings;
  }

  public ObjectProperty<Comparison> comparisonProperty() {
    return settings.comparisonProperty();
  }

  /** The colour bar on the pane; null where there is none. */
  ColourBar.Scale colourBar() {
    return labels.colours();
  }

  /** Whether this is the pane that keys and the tool bar work on. */
  public BooleanProperty activeProperty() {
    return active;
  }
}
