package org.loupe.nifti;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.loupe.image.Image2;
import org.loupe.image.PhaseAxis;

class NiftiWriterTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {"float32_le.nii", "nifti2_be.nii.gz", "qform_left_handed.nii", "sheared.nii"})
  void writesWhatItReads(String name) throws IOException {
    NiftiImage image;
    try (InputStream in = getClass().getResourceAsStream(name)) {
      image = NiftiReader.read(in);
    }
    for (String out : new String[] {"out.nii", "out.nii.gz"}) {
      Path path = folder.resolve(out);
      NiftiWriter.write(path, image);
      NiftiImage back = NiftiReader.read(path);
      assertEquals(image.affineCode(), back.sformCode());
      for (int r = 0; r < 3; r++) {
        assertArrayEquals(image.affine()[r], back.affine()[r], 1e-5);
      }
      for (int k = 0; k < image.depth(); k++) {
        assertArrayEquals(image.slices().get(k).values(), back.slices().get(k).values());
      }
    }
    assertEquals(0x1f, Files.readAllBytes(folder.resolve("out.nii.gz"))[0]);
  }

  /** dim_info as nibabel's set_dim_info writes it: byte 39 is phase_dim << 2. */
  @Test
  void keepsTheAxisOfPhaseEncoding() throws IOException {
    double[][] affine = {{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, 1}};
    NiftiImage image = NiftiImage.of(List.of(new Image2(2, 3)), affine, 1);
    Path path = folder.resolve("phase.nii");
    for (PhaseAxis axis : PhaseAxis.values()) {
      NiftiWriter.write(path, image.withPhase(axis));
      NiftiImage back = NiftiReader.read(path);
      assertEquals(axis, back.phase());
      boolean known = axis != PhaseAxis.UNKNOWN;
      assertEquals(known ? axis : PhaseAxis.COLUMNS, back.phaseOrUsual());
      assertEquals(
          known ? axis == PhaseAxis.ROWS ? 8 : 4 : 0, Files.readAllBytes(path)[39], axis.name());
    }
  }

  /** The qform must say what the sform says, also for half turns and left-handed axes. */
  @Test
  void qformAgreesWithSform() throws IOException {
    double[][] rows = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
    int[][] orders = {{0, 1, 2}, {1, 2, 0}, {2, 0, 1}, {1, 0, 2}, {0, 2, 1}, {2, 1, 0}};
    for (int[] order : orders) {
      for (int signs = 0; signs < 8; signs++) {
        double[][] affine = new double[4][4];
        affine[3][3] = 1;
        for (int r = 0; r < 3; r++) {
          for (int c = 0; c < 3; c++) {
            double sign = (signs >> c & 1) == 0 ? 1 : -1;
            affine[r][c] = rows[order[r]][c] * sign * (c + 0.5);
          }
          affine[r][3] = 10 * r - 4;
        }
        Path path = folder.resolve("q.nii");
        NiftiWriter.write(path, NiftiImage.of(List.of(new Image2(2, 3)), affine, 1));
        double[][] qform;
        try (InputStream in = Files.newInputStream(path)) {
          NiftiHeader header = NiftiReader.readHeader(in);
          assertEquals(1, header.qformCode());
          qform = NiftiAffine.qform(header);
        }
        for (int r = 0; r < 3; r++) {
          assertArrayEquals(affine[r], qform[r], 1e-5);
        }
      }
    }
  }

  @Test
  void leavesNothingBehindWhenItFails() throws IOException {
    Path target = folder.resolve("absent").resolve("x.nii");
    NiftiImage image = NiftiImage.of(List.of(new Image2(2, 2)), new double[4][4], 1);
    assertThrows(IOException.class, () -> NiftiWriter.write(target, image));
    List<Image2> many = Collections.nCopies(40_000, new Image2(1, 1));
    NiftiImage deep = NiftiImage.of(many, new double[4][4], 1);
    IOException e =
        assertThrows(IOException.class, () -> NiftiWriter.write(folder.resolve("y.nii"), deep));
    assertTrue(e.getMessage().contains("40000"), e.getMessage());
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(0, left.count());
    }
  }
}
