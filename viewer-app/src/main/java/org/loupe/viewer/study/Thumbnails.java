package org.loupe.viewer.study;

import java.io.UncheckedIOException;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.scene.image.Image;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import org.loupe.image.Image2;
import org.loupe.image.Interpolation;
import org.loupe.image.Samples;
import org.loupe.image.SlicePlane;
import org.loupe.image.Volume;
import org.loupe.image.Window;
import org.loupe.study.Series;
import org.loupe.threads.Background;
import org.loupe.viewer.viewport.Windows;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Small pictures of series' middle slices, made in the background and kept with their volumes. */
public final class Thumbnails implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Thumbnails.class);

  /** Longer side, pixels. */
  static final int SIZE = 128;

  private final ExecutorService thread = Background.single("thumbnails");
  private final Map<Volume, Image> made = new WeakHashMap<>();

  /** Hands a picture over, now or later, on the FX thread. FX thread. */
  public void request(Series series, Consumer<Image> taker) {
    Image there = made.get(series.volume());
    if (there != null) {
      taker.accept(there);
      return;
    }
    thread.execute(
        () -> {
          Image image;
          try {
            image = make(series);
          } catch (UncheckedIOException e) {
            LOG.debug("no thumbnail", e);
            return; // the pane that shows the series says why
          }
          Platform.runLater(
              () -> {
                made.put(series.volume(), image);
                taker.accept(image);
              });
        });
  }

  private static Image make(Series series) {
    Volume volume = series.volume();
    int k = volume.depth() / 2;
    SlicePlane plane = volume.plane(k);
    double widthMm = plane.columns() * plane.columnSpacing();
    double heightMm = plane.rows() * plane.rowSpacing();
    double mm = Math.max(widthMm, heightMm) / SIZE;
    int w = Math.max(1, (int) Math.round(widthMm / mm));
    int h = Math.max(1, (int) Math.round(heightMm / mm));
    Samples x = cells(plane.columns(), w);
    Samples y = cells(plane.rows(), h);
    Image2 small = Interpolation.BILINEAR.resample(volume.slice(k), x, y);
    Window window = Windows.TAGS.of(series);
    int[] argb = new int[w * h];
    for (int i = 0; i < argb.length; i++) {
      double part = (small.values()[i] - window.centre()) / window.width() + 0.5;
      int grey = (int) Math.clamp(part * 255, 0, 255);
      argb[i] = 0xff000000 | grey * 0x010101;
    }
    WritableImage image = new WritableImage(w, h);
    image.getPixelWriter().setPixels(0, 0, w, h, PixelFormat.getIntArgbInstance(), argb, 0, w);
    return image;
  }

  /** Centres of {@code count} equal cells over the area of n pixels. */
  private static Samples cells(int n, int count) {
    double step = (double) n / count;
    return new Samples(step / 2 - 0.5, step, count);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
