package org.loupe.viewer.export;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.SnapshotParameters;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.transform.Transform;
import org.loupe.viewer.Texts;
import org.loupe.viewer.viewport.ImagePane;

/**
 * A picture of a pane: its image alone, or with everything that lies over it. Where super-resolved
 * pixels are in it, a label that says so is burnt into the pixels, as it is where the image was
 * processed in other ways that its looks do not tell.
 */
public final class PanePicture {

  /** Height of the two lines of text in the lower corners, units of the scene. */
  private static final double CORNER_TEXTS = 38;

  private PanePicture() {}

  /**
   * Takes the picture at device pixels. FX thread.
   *
   * @param annotated with the texts and marks over the image; they hold the patient's name unless
   *     the pane is anonymous
   */
  public static BufferedImage of(ImagePane pane, boolean annotated) {
    BufferedImage image = annotated ? whole(pane) : pixels(pane);
    List<String> labels = new ArrayList<>();
    if (annotated ? pane.showsResolvedAnywhere() : pane.showsResolved()) {
      labels.add(Texts.of("export.label"));
    }
    // Over the texts of the lower corners, not on them.
    int lift = annotated ? (int) pane.coordinates().deviceLength(CORNER_TEXTS) : 0;
    burn(image, labels, lift);
    return image;
  }

  private static BufferedImage pixels(ImagePane pane) {
    int w = pane.pixelWidth();
    int h = pane.pixelHeight();
    BufferedImage image = new BufferedImage(w, h, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, w, h, pane.pixels(), 0, w);
    return image;
  }

  private static BufferedImage whole(ImagePane pane) {
    SnapshotParameters parameters = new SnapshotParameters();
    double scale = pane.coordinates().deviceLength(1);
    parameters.setTransform(Transform.scale(scale, scale));
    WritableImage shot = pane.snapshot(parameters, null);
    int w = (int) shot.getWidth();
    int h = (int) shot.getHeight();
    int[] argb = new int[w * h];
    shot.getPixelReader().getPixels(0, 0, w, h, PixelFormat.getIntArgbInstance(), argb, 0, w);
    BufferedImage image = new BufferedImage(w, h, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, w, h, argb, 0, w);
    return image;
  }

  /**
   * Writes labels into the middle of the lower edge, on black.
   *
   * @param lift distance from the edge, pixels
   */
  private static void burn(BufferedImage image, List<String> labels, int lift) {
    Graphics2D g = image.createGraphics();
    try {
      g.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      // As large as fits, from 9 to 18 points.
      int y = image.getHeight() - 8 - lift;
      for (String label : labels) {
        int size = 18;
        FontMetrics metrics;
        do {
          g.setFont(new Font(Font.SANS_SERIF, Font.BOLD, size));
          metrics = g.getFontMetrics();
        } while (metrics.stringWidth(label) > image.getWidth() - 16 && --size >= 9);
        int w = metrics.stringWidth(label);
        int x = (image.getWidth() - w) / 2;
        g.setColor(Color.BLACK);
        g.fillRect(x - 6, y - metrics.getAscent() - 2, w + 12, metrics.getHeight() + 4);
        g.setColor(new Color(0xe3b341));
        g.drawString(label, x, y);
        y -= metrics.getHeight() + 6;
      }
    } finally {
      g.dispose();
    }
  }
}
