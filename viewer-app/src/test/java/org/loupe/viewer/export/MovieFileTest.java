package org.loupe.viewer.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jcodec.api.FrameGrab;
import org.jcodec.common.io.NIOUtils;
import org.jcodec.common.model.Picture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MovieFileTest {

  @TempDir Path folder;

  /** A bright bar that wanders over a ramp. */
  private static List<BufferedImage> bars(int count, int width, int height) {
    List<BufferedImage> out = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          int grey = x / 3 % 30 == k ? 255 : x * 200 / width;
          image.setRGB(x, y, grey * 0x010101);
        }
      }
      out.add(image);
    }
    return out;
  }

  private static MovieFile.Frames frames(List<BufferedImage> all) {
    Iterator<BufferedImage> each = all.iterator();
    return () -> each.hasNext() ? each.next() : null;
  }

  @Test
  void oddSizesLoseTheirLastColumnAndRow() throws Exception {
    Path file = folder.resolve("odd.mp4");
    MovieFile.write(file, 25, frames(bars(30, 101, 67)));
    try (var in = NIOUtils.readableChannel(file.toFile())) {
      FrameGrab grab = FrameGrab.createFrameGrab(in);
      assertEquals(30, grab.getVideoTrack().getMeta().getTotalFrames());
      assertEquals(1.2, grab.getVideoTrack().getMeta().getTotalDuration(), 1e-6);
      int n = 0;
      for (Picture p = grab.getNativeFrame(); p != null; p = grab.getNativeFrame()) {
        Picture shown = p.cloneCropped();
        assertEquals(100, shown.getWidth());
        assertEquals(66, shown.getHeight());
        // White is 235 and the middle of the ramp where it belongs.
        assertEquals(235, shown.getPlaneData(0)[33 * 100 + 3 * n + 1] + 128, 14, "frame " + n);
        n++;
      }
      assertEquals(30, n);
    }
  }

  @Test
  void framesThatFailLeaveTheOldFile() throws Exception {
    Path file = folder.resolve("kept.gif");
    Files.writeString(file, "old");
    MovieFile.Frames failing =
        () -> {
          throw new IOException("no more");
        };
    assertEquals(
        "no more",
        assertThrows(IOException.class, () -> MovieFile.write(file, 10, failing)).getMessage());
    assertEquals("old", Files.readString(file));
    List<BufferedImage> sizes = new ArrayList<>(bars(1, 64, 64));
    sizes.addAll(bars(1, 32, 64));
    Path mp4 = folder.resolve("sizes.mp4");
    assertThrows(IOException.class, () -> MovieFile.write(mp4, 10, frames(sizes)));
    assertThrows(IOException.class, () -> MovieFile.write(mp4, 10, frames(List.of())));
    try (var left = Files.list(folder)) {
      assertEquals(List.of(file), left.toList());
    }
  }

  @Test
  void theNameSaysTheFormat() {
    IOException e = assertThrows(IOException.class, () -> MovieFile.check(Path.of("movie.avi")));
    assertTrue(e.getMessage().contains(".mp4"), e.getMessage());
  }
}
