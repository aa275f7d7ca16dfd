package org.loupe.viewer.viewport;

import java.io.UncheckedIOException;
import java.util.concurrent.ExecutorService;
import javafx.application.Platform;
import org.loupe.image.Image2;
import org.loupe.image.PlaneResampler;
import org.loupe.image.PlaneResampler.Resliced;
import org.loupe.image.SlicePlane;
import org.loupe.sr.View;
import org.loupe.study.Series;
import org.loupe.threads.Background;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Another series cut along the plane of the slice on the screen, at its own resolution; cutting is
 * done in the background, once per slice.
 */
final class OtherContrast {

  private static final Logger LOG = LoggerFactory.getLogger(OtherContrast.class);

  /** One thread for all panes: a cut takes some ten milliseconds. */
  private static final ExecutorService THREAD = Background.single("other");

  private record Place(Series series, SlicePlane plane) {}

  private final BaseLayer layer = new BaseLayer();
  private final Runnable changed;
  private Place wanted;
  private Place there;
  private Resliced cut;

  /**
   * @param changed called on the FX thread when a cut has arrived
   */
  OtherContrast(Runnable changed) {
    this.changed = changed;
  }

  /**
   * The series at the device pixels of an area of a plane; null while it is being cut, and where it
   * cannot be read.
   *
   * @param area on the lattice of {@code plane}
   */
  Image2 render(Series series, SlicePlane plane, View area, org.loupe.image.Interpolation kernel) {
    Place place = new Place(series, plane);
    if (!same(place, there)) {
      if (!same(place, wanted)) {
        wanted = place;
        THREAD.execute(() -> cut(place));
      }
      return null;
    }
    if (cut == null) {
      return null;
    }
    View own =
        new View(
            area.columnStep() / cut.columnRatio(),
            area.rowStep() / cut.rowRatio(),
            area.x(),
            area.y(),
            area.width(),
            area.height());
    return layer.render(cut.image(), own, kernel);
  }

  private static boolean same(Place a, Place b) {
    return b != null && a.series().equals(b.series()) && a.plane().equals(b.plane());
  }

  private void cut(Place place) {
    Resliced made;
    try {
      made = PlaneResampler.toPlane(place.series().volume(), place.plane());
    } catch (UncheckedIOException e) {
      LOG.debug("cutting failed", e);
      made = null;
    }
    Resliced arrived = made;
    Platform.runLater(
        () -> {
          if (same(place, wanted)) {
            there = place;
            cut = arrived;
            changed.run();
          }
        });
  }
}
