package org.loupe.viewer.layout;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.loupe.image.AtomicFile;
import org.loupe.image.Interpolation;
import org.loupe.image.SlicePlane;
import org.loupe.image.Vec3;
import org.loupe.image.Window;
import org.loupe.study.Series;
import org.loupe.viewer.study.OpenSeries;
import org.loupe.viewer.study.OpenStudies;
import org.loupe.viewer.study.Reformat;
import org.loupe.viewer.viewport.ColourMap;
import org.loupe.viewer.viewport.Comparison;
import org.loupe.viewer.viewport.ImagePane;
import org.loupe.viewer.viewport.Overlay;
import org.loupe.viewer.viewport.PaneSettings;
import org.loupe.viewer.viewport.Picture;
import org.loupe.viewer.viewport.PicturePair;
import org.loupe.viewer.viewport.Split;
import org.loupe.viewer.viewport.ViewState;

/**
 * What all panes look at, as a value that can be kept and sent: a colleague who has the same study
 * sees the same. Places are in patient coordinates; the file holds UIDs and no names.
 *
 * @param layout rows x columns
 * @param active index of the active pane
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Workspace(
    @JsonProperty("format") String format,
    @JsonProperty("layout") String layout,
    @JsonProperty("active") int active,
    @JsonProperty("linked") boolean linked,
    @JsonProperty("panes") List<View> panes) {

  private static final String FORMAT = "loupe-view-1";
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /**
   * One pane.
   *
   * @param series id of its series; null for an empty pane
   * @param cut how the series was cut from another one; null where it was not, and in files of
   *     before that was kept
   * @param centre its middle, LPS mm
   * @param right direction in the patient that is to the right on the screen, LPS; null for that of
   *     the series as it is opened, as in files of before panes could be turned
   * @param down the same for down
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record View(
      @JsonProperty("series") String series,
      @JsonProperty("cut") Cut cut,
      @JsonProperty("centre") double[] centre,
      @JsonProperty("right") double[] right,
      @JsonProperty("down") double[] down,
      @JsonProperty("mmPerPixel") double mmPerPixel,
      @JsonProperty("windowCentre") double windowCentre,
      @JsonProperty("windowWidth") double windowWidth,
      @JsonProperty("comparison") Comparison comparison,
      @JsonProperty("first") Picture first,
      @JsonProperty("second") Picture second,
      @JsonProperty("splitPosition") double splitPosition,
      @JsonProperty("splitAngle") double splitAngle,
      @JsonProperty("overlay") Overlay overlay,
      @JsonProperty("kernel") Interpolation kernel,
      @JsonProperty("colours") ColourMap colours,
      @JsonProperty("inverted") boolean inverted,
      @JsonProperty("resolved") Picture resolved) {

    /** Files of before there was a choice have none: the chosen model's picture. */
    public View {
      resolved = resolved == null ? Picture.RESOLVED : resolved;
    }

    static View of(ImagePane pane, OpenStudies studies) {
      PaneSettings s = pane.settings();
      PicturePair pair = s.pairProperty().get();
      Split split = s.splitProperty().get();
      ViewState state = pane.stateProperty().get();
      Vec3 middle =
          state == null
              ? Vec3.ZERO
              : pane.plane().toPatient(state.centre().column(), state.centre().row());
      return new View(
          state == null ? null : pane.seriesProperty().get().id(),
          state == null ? null : Cut.of(pane.seriesProperty().get(), studies),
          array(middle),
          state == null ? null : array(pane.plane().columnStep().unit()),
          state == null ? null : array(pane.plane().rowStep().unit()),
          state == null ? 1 : state.mmPerPixel(),
          state == null ? 0 : state.window().centre(),
          state == null ? 1 : state.window().width(),
          s.comparisonProperty().get(),
          pair.first(),
          pair.second(),
          split.position(),
          split.angle(),
          s.overlayProperty().get(),
          s.kernelProperty().get(),
          s.coloursProperty().get(),
          s.invertedProperty().get(),
          s.resolvedProperty().get());
    }

    private static double[] array(Vec3 v) {
      return new double[] {v.x(), v.y(), v.z()};
    }

    private static Vec3 vector(double[] v) {
      return new Vec3(v[0], v[1], v[2]);
    }

    private static boolean isVector(double[] v) {
      return v != null && v.length == 3;
    }

    private void to(ImagePane pane) {
      if (isVector(right) && isVector(down)) {
        pane.turn(vector(right), vector(down));
      }
      place(pane);
    }

    /** As {@link #to}, without a turn: the pane's planes may be others. */
    private void place(ImagePane pane) {
      Series shown = pane.seriesProperty().get();
      Vec3 at = vector(centre);
      int slice = shown.volume().nearestSlice(at);
      SlicePlane plane = shown.volume().plane(slice);
      pane.setState(
          new ViewState(slice, plane.toPixel(at), mmPerPixel, new Window(windowCentre, windowWidth))
              .kept(plane));
      PaneSettings s = pane.settings();
      s.comparisonProperty().set(comparison);
      s.pairProperty().set(new PicturePair(first, second));
      s.splitProperty().set(new Split(splitPosition, splitAngle));
      s.overlayProperty().set(overlay);
      s.kernelProperty().set(kernel);
      s.coloursProperty().set(colours);
      s.invertedProperty().set(inverted);
      s.resolvedProperty().set(resolved);
    }
  }

  /**
   * How a series was cut from another one.
   *
   * @param source id of the other one
   * @param right direction of the columns, unit vector in LPS
   * @param down direction of the rows, unit vector in LPS, at right angles to {@code right}
   * @param name of the planes
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Cut(
      @JsonProperty("source") String source,
      @JsonProperty("right") double[] right,
      @JsonProperty("down") double[] down,
      @JsonProperty("name") String name) {

    /** Deviation of lengths and angles that rounding may bring. */
    private static final double NEAR = 1e-3;

    public Cut {
      boolean planes =
          source != null
              && name != null
              && View.isVector(right)
              && View.isVector(down)
              && Math.abs(View.vector(right).length() - 1) < NEAR
              && Math.abs(View.vector(down).length() - 1) < NEAR
              && Math.abs(View.vector(right).dot(View.vector(down))) < NEAR;
      if (!planes) {
        throw new IllegalArgumentException("no planes to cut along");
      }
    }

    private static Cut of(Series shown, OpenStudies studies) {
      Reformat planes = studies.planes(shown).orElse(null);
      OpenSeries source = studies.source(shown).orElse(null);
      return planes == null || source == null
          ? null
          : new Cut(
              source.series().id(),
              View.array(planes.right()),
              View.array(planes.down()),
              planes.name());
    }

    private Reformat planes() {
      return new Reformat(View.vector(right), View.vector(down), name);
    }
  }

  /** Cuts series anew. */
  @FunctionalInterface
  public interface Cutter {
    /**
     * Cuts a series along other planes, in the background, and opens the result.
     *
     * @param pane is to show the result
     * @param taker hears on the FX thread of the result, or that there is none: pixels could not be
     *     read, or the pane was given to another series meanwhile
     */
    void cut(
        ImagePane pane, OpenSeries source, Reformat planes, Consumer<Optional<OpenSeries>> taker);
  }

  /** How many of the panes' series were there. */
  public enum Found {
    /** Every one. */
    ALL,
    /** Some of them. */
    SOME,
    /** None of those that were looked for. */
    NONE
  }

  public Workspace {
    panes = List.copyOf(panes);
  }

  /** What the panes look at now. */
  public static Workspace of(PaneGrid grid, PaneLink link, OpenStudies studies) {
    List<View> views = new ArrayList<>();
    int count = grid.layoutProperty().get().panes();
    for (ImagePane pane : grid.all().subList(0, count)) {
      views.add(View.of(pane, studies));
    }
    return new Workspace(
        FORMAT,
        grid.layoutProperty().get().text(),
        grid.all().indexOf(grid.activeProperty().get()),
        link.onProperty().get(),
        views);
  }

  /**
   * Brings the panes to it; a pane whose series is not open is emptied. A series that was cut from
   * one that is open is cut anew; until that is done its pane shows the other one, and no pane
   * follows another.
   */
  public Found show(PaneGrid grid, PaneLink link, OpenStudies studies, Cutter cutter) {
    PaneLayout.of(layout).ifPresent(grid::show);
    int wanted = 0;
    int found = 0;
    link.onProperty().set(false);
    AtomicInteger unfinished = new AtomicInteger(1);
    Runnable finish =
        () -> {
          if (unfinished.decrementAndGet() == 0) {
            link.onProperty().set(linked);
          }
        };
    List<ImagePane> every = grid.all();
    for (int i = 0; i < Math.min(panes.size(), every.size()); i++) {
      wanted += panes.get(i).series() == null ? 0 : 1;
      Shown shown = show(panes.get(i), every.get(i), studies);
      found += shown == Shown.NOTHING ? 0 : 1;
      if (shown == Shown.SOURCE) {
        unfinished.incrementAndGet();
        cut(panes.get(i), every.get(i), studies, cutter, finish);
      }
    }
    if (active >= 0 && active < grid.visible().size()) {
      grid.activate(every.get(active));
    }
    finish.run();
    return found == wanted ? Found.ALL : found > 0 ? Found.SOME : Found.NONE;
  }

  /** What a pane shows of its view. */
  private enum Shown {
    NOTHING,
    /** The series from which that of the view is to be cut. */
    SOURCE,
    ALL
  }

  private static Shown show(View view, ImagePane pane, OpenStudies studies) {
    Optional<OpenSeries> open =
        view.series() == null ? Optional.empty() : studies.find(view.series());
    if (open.isPresent()) {
      pane.show(open.get().series(), open.get().patientLines());
      view.to(pane);
      return Shown.ALL;
    }
    Optional<OpenSeries> source = source(view, studies);
    if (source.isPresent()) {
      pane.show(source.get().series(), source.get().patientLines());
      view.place(pane);
      return Shown.SOURCE;
    }
    pane.clear();
    return Shown.NOTHING;
  }

  private static Optional<OpenSeries> source(View view, OpenStudies studies) {
    return view.cut() == null ? Optional.empty() : studies.find(view.cut().source());
  }

  private static void cut(
      View view, ImagePane pane, OpenStudies studies, Cutter cutter, Runnable finish) {
    cutter.cut(
        pane,
        source(view, studies).orElseThrow(),
        view.cut().planes(),
        made -> {
          made.ifPresent(
              open -> {
                pane.show(open.series(), open.patientLines());
                view.to(pane);
              });
          finish.run();
        });
  }

  /** As JSON. */
  public String json() {
    try {
      return JSON.writeValueAsString(this);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Writes it to a file, whole or not at all. */
  public void write(Path file) throws IOException {
    AtomicFile.write(file, JSON.writeValueAsBytes(this));
  }

  /**
   * Reads it from a file.
   *
   * @throws IOException where it is none; the message says why
   */
  public static Workspace read(Path file) throws IOException {
    Workspace w = JSON.readValue(Files.readAllBytes(file), Workspace.class);
    boolean whole =
        w != null
            && FORMAT.equals(w.format)
            && w.panes.stream()
                .allMatch(
                    v ->
                        View.isVector(v.centre())
                            && v.mmPerPixel() > 0
                            && v.windowWidth() > 0
                            && v.comparison() != null
                            && v.first() != null
                            && v.second() != null
                            && v.overlay() != null
                            && v.kernel() != null
                            && v.colours() != null);
    if (!whole) {
      throw new IOException("not a " + FORMAT + " file");
    }
    return w;
  }
}
