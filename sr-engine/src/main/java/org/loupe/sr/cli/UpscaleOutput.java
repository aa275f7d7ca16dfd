package org.loupe.sr.cli;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.loupe.image.AtomicFile;
import org.loupe.image.Image2;
import org.loupe.image.Statistics;
import org.loupe.nifti.NiftiImage;
import org.loupe.nifti.NiftiWriter;

/** Writes what {@link UpscaleCommand} computed. */
final class UpscaleOutput {

  private UpscaleOutput() {}

  /** The lattice of slices from {@code first} on: every sample lies where it is in the input. */
  static NiftiWriter.Grid grid(UpscaleInput input, int width, int height, int first, int count) {
    double[][] affine =
        NiftiImage.resampled(
            input.affine(), (double) input.columns() / width, (double) input.rows() / height);
    for (int row = 0; row < 3; row++) {
      affine[row][3] += first * affine[row][2];
    }
    return new NiftiWriter.Grid(
        width, height, count, affine, input.affineCode(), input.target().encodedMatrix().phase());
  }

  /** 8-bit grey, windowed from the 0.5th to the 99.5th percentile. */
  static void writePicture(Path out, Image2 image) throws IOException {
    float low = Statistics.percentile(image, 0.005);
    float high = Math.max(low + 1e-6f, Statistics.percentile(image, 0.995));
    BufferedImage picture =
        new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_BYTE_GRAY);
    byte[] row = new byte[image.width()];
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < row.length; x++) {
        float grey = 255 * (image.at(x, y) - low) / (high - low);
        row[x] = (byte) Math.round(Math.clamp(grey, 0, 255));
      }
      picture.getRaster().setDataElements(0, y, row.length, 1, row);
    }
    AtomicFile.write(
        out,
        part -> {
          if (!ImageIO.write(picture, "png", part.toFile())) {
            throw new IOException("this Java cannot write PNG");
          }
        });
  }
}
