package org.loupe.viewer.segment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javafx.application.Platform;
import javafx.scene.Node;
import org.loupe.image.Mask;
import org.loupe.image.Region;
import org.loupe.image.SlicePlane;
import org.loupe.image.Vec3;
import org.loupe.sr.View;
import org.loupe.study.SegmentationOverlay;
import org.loupe.study.Series;
import org.loupe.viewer.segment.Segmentations.Item;
import org.loupe.viewer.viewport.ImagePane;
import org.loupe.viewer.viewport.PaneDecoration;
import org.loupe.viewer.viewport.PaneGeometry;
import org.loupe.viewer.viewport.Screen;

/**
 * The segments over a pane's slice, in its device pixels. Where the frames that the slice needs are
 * decoded, and not too many, they are drawn within the pulse that shows the image, so that they
 * stay on it while it is zoomed and panned; else nothing is drawn until that is done in the
 * background.
 */
public final class SegmentLayer implements PaneDecoration {

  /** Part of a pixel from which a fractional segment is named under the pointer. */
  private static final double NAMED = 0.05;

  /** Decoded frames of all segments that are cut within a pulse: a few milliseconds. */
  private static final int QUICK = 100;

  private final ImagePane pane;
  private final Segmentations segmentations;
  private final Screen screen = new Screen();

  /**
   * What is drawn, or being decoded to be drawn.
   *
   * @param scale device pixels per unit of the scene
   */
  private record Wish(PaneGeometry geometry, List<Item> items, double scale) {

    /** The part of the slice that is on the screen, in device pixels; null for none. */
    View area() {
      return geometry.onImage();
    }

    /** The device pixels of {@link #area} in the patient. */
    SlicePlane lattice() {
      View a = area();
      return geometry
          .plane()
          .resampled(a.columnStep(), a.rowStep(), a.width(), a.height())
          .region(new Region(a.x(), a.y(), a.width(), a.height()));
    }
  }

  /** A segment on the screen. */
  private record Shape(Mask mask, int rgb) {}

  /** A segmentation that could not be read. */
  private static final class Broken extends Exception {
    private static final long serialVersionUID = 1;
    private final transient SegmentationOverlay segmentation;

    Broken(SegmentationOverlay segmentation, Throwable why) {
      super(why);
      this.segmentation = segmentation;
    }
  }

  /** Null for nothing. Written on the FX thread. */
  private volatile Wish wish;

  /** Whether what is wished for is not drawn yet. */
  private boolean pending;

  /** Lays segments over panes. */
  public static void on(List<ImagePane> panes, Segmentations segmentations) {
    panes.forEach(pane -> pane.decorate(new SegmentLayer(pane, segmentations)));
    segmentations.revisionProperty().subscribe(() -> panes.forEach(ImagePane::redecorate));
  }

  private SegmentLayer(ImagePane pane, Segmentations segmentations) {
    this.pane = pane;
    this.segmentations = segmentations;
    screen.setId("segments");
    screen.setVisible(false);
  }

  @Override
  public Node node() {
    return screen;
  }

  @Override
  public boolean pending() {
    return pending;
  }

  @Override
  public void update(PaneGeometry geometry) {
    Series series = pane.seriesProperty().get();
    List<Item> items = geometry == null || series == null ? List.of() : segmentations.over(series);
    Wish next =
        items.isEmpty() || geometry.onImage() == null
            ? null
            : new Wish(geometry, items, pane.coordinates().deviceLength(1));
    if (next == null || !next.equals(wish)) {
      wish = next;
      screen.setVisible(false);
      pending = next != null;
      if (next != null) {
        draw(next);
      }
    }
  }

  private void draw(Wish now) {
    SlicePlane lattice = now.lattice();
    if (isQuick(now.items(), lattice)) {
      try {
        draw(now, shapes(now));
      } catch (Broken e) {
        segmentations.fail(e.segmentation, e.getCause());
      }
      return;
    }
    segmentations.later(
        () -> {
          if (!now.equals(wish)) {
            return;
          }
          try {
            List<Shape> shapes = shapes(now);
            Platform.runLater(() -> drawLate(now, shapes));
          } catch (Broken e) {
            Platform.runLater(() -> segmentations.fail(e.segmentation, e.getCause()));
          }
        });
  }

  private static boolean isQuick(List<Item> items, SlicePlane lattice) {
    int frames = 0;
    for (Item item : items) {
      int ready = item.of().ready(item.segment().number(), lattice);
      frames += ready;
      if (ready < 0 || frames > QUICK) {
        return false;
      }
    }
    return true;
  }

  private void drawLate(Wish asked, List<Shape> shapes) {
    if (asked.equals(wish)) {
      draw(asked, shapes);
    }
  }

  private static List<Shape> shapes(Wish wish) throws Broken {
    SlicePlane lattice = wish.lattice();
    List<Shape> shapes = new ArrayList<>();
    for (Item item : wish.items()) {
      try {
        Mask mask = item.of().cut(item.segment().number(), lattice);
        if (mask.area() != null) {
          shapes.add(new Shape(mask, item.segment().colour()));
        }
      } catch (IOException | RuntimeException | OutOfMemoryError e) {
        throw new Broken(item.of(), e);
      }
    }
    return shapes;
  }

  private void draw(Wish now, List<Shape> shapes) {
    pending = false;
    if (shapes.isEmpty()) {
      return;
    }
    View view = now.geometry().view();
    View area = now.area();
    screen.resize(view.width(), view.height());
    screen.place(0, 0, now.scale());
    Arrays.fill(screen.pixels(), 0);
    int line = Math.max(1, (int) Math.rint(now.scale()));
    SegmentPaint paint = new SegmentPaint(screen.pixels(), view.width(), line);
    for (Shape shape : shapes) {
      paint.paint(
          shape.mask(),
          area.x() - view.x(),
          area.y() - view.y(),
          area.width(),
          area.height(),
          shape.rgb());
    }
    screen.commit();
    screen.setVisible(true);
  }

  /** The segments at a place. */
  @Override
  public String told(Vec3 point) {
    Series series = pane.seriesProperty().get();
    return series == null
        ? ""
        : segmentations.over(series).stream()
            .map(item -> told(item, point))
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining(", "));
  }

  private static String told(Item item, Vec3 point) {
    double part = item.of().at(item.segment().number(), point);
    if (part < NAMED) {
      return "";
    }
    String name = SegmentTexts.name(item.segment());
    return item.of().binary() ? name : name + String.format(Locale.ENGLISH, " %.2f", part);
  }
}
