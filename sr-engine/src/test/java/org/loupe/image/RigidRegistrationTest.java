package org.loupe.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.loupe.nifti.NiftiReader;

class RigidRegistrationTest {

  private static final Path PATIENTS =
      Path.of(System.getProperty("loupe.home", "..")).resolve("../shared/data/mri").normalize();

  /** A head without symmetry: scalp, brain, two ventricles and a lesion. */
  private static double head(Vec3 p) {
    double r = p.x() * p.x() / 4900 + p.y() * p.y() / 8100 + p.z() * p.z() / 5600;
    if (r > 1) {
      return 0;
    }
    if (r > 0.8) {
      return 250;
    }
    double left = (p.x() - 14) * (p.x() - 14) / 90 + p.y() * p.y() / 900 + p.z() * p.z() / 300;
    double right =
        (p.x() + 12) * (p.x() + 12) / 130 + (p.y() - 6) * (p.y() - 6) / 700 + p.z() * p.z() / 500;
    double lesion = p.minus(new Vec3(30, -35, 22)).length();
    double fluid = left < 1 || right < 1 ? 600 : 0;
    return 400 + 1.5 * p.y() - 2 * p.z() + fluid + (lesion < 9 ? 350 : 0);
  }

  /** A stack through the head, which has been moved. */
  private static Volume stack(
      Vec3 origin, double mm, double gap, int size, int depth, RigidTransform moved) {
    RigidTransform back = moved.inverse();
    List<SlicePlane> planes = new ArrayList<>();
    List<Image2> slices = new ArrayList<>();
    // Tilted by a tenth, as brains are scanned.
    Vec3 column = new Vec3(mm, 0, 0);
    Vec3 row = new Vec3(0, Math.cos(0.1), Math.sin(0.1)).times(mm);
    Vec3 step = new Vec3(0, -Math.sin(0.1), Math.cos(0.1)).times(gap);
    for (int k = 0; k < depth; k++) {
      SlicePlane plane = new SlicePlane(origin.plus(step.times(k)), column, row, size, size);
      Image2 image = new Image2(size, size);
      for (int i = 0; i < image.values().length; i++) {
        int down = i / size;
        image.values()[i] = (float) head(back.apply(plane.toPatient(i % size, down)));
      }
      planes.add(plane);
      slices.add(image);
    }
    return new Volume(planes, slices);
  }

  @Test
  void findsHowAHeadHasMoved() {
    RigidTransform moved =
        RigidTransform.about(
            new Vec3(5, -3, 10), new Vec3(0.12, -0.08, 0.2), new Vec3(14, -22, 35));
    Volume first = stack(new Vec3(-100, -110, -70), 1.6, 4, 128, 34, RigidTransform.IDENTITY);
    Volume second = stack(new Vec3(-95, -125, -50), 1.2, 3.3, 170, 46, moved);
    RigidRegistration.Result r = RigidRegistration.between(first, second).orElseThrow();
    assertTrue(r.correlation() > 0.97, "correlation " + r.correlation());
    for (Vec3 p : List.of(new Vec3(30, -35, 22), new Vec3(-40, 50, -20), Vec3.ZERO)) {
      double error = r.transform().apply(p).minus(moved.apply(p)).length();
      assertTrue(error < 1, error + " mm at " + p);
    }
  }

  @Test
  void volumesWithoutACommonHeadAreNotRegistered() {
    Volume first = stack(new Vec3(-100, -110, -70), 3.2, 8, 64, 17, RigidTransform.IDENTITY);
    List<Image2> stripes = new ArrayList<>();
    for (int k = 0; k < first.depth(); k++) {
      Image2 image = new Image2(64, 64);
      for (int i = 0; i < image.values().length; i++) {
        int stripe = i % 64 / 16;
        image.values()[i] = (i + 13 * k) % 7 * 100 + stripe * 200;
      }
      stripes.add(image);
    }
    assertEquals(
        Optional.empty(), RigidRegistration.between(first, new Volume(first.planes(), stripes)));
  }

  @Test
  void aTransformAndItsInverseUndoEachOther() {
    Vec3 centre = new Vec3(3, -2, 7);
    RigidTransform t = RigidTransform.about(centre, new Vec3(0.3, -0.2, 0.5), new Vec3(1, 2, 3));
    Vec3 p = new Vec3(-11, 4, 9);
    assertEquals(0, t.inverse().apply(t.apply(p)).minus(p).length(), 1e-12);
    assertEquals(0, t.apply(centre).minus(new Vec3(4, 0, 10)).length(), 1e-12);
    // Lengths stay, and angles keep their sense: x turned about z goes towards y.
    assertEquals(p.length(), t.turned(p).length(), 1e-12);
    RigidTransform turn = RigidTransform.about(Vec3.ZERO, new Vec3(0, 0, Math.PI / 2), Vec3.ZERO);
    assertEquals(0, turn.apply(new Vec3(1, 0, 0)).minus(new Vec3(0, 1, 0)).length(), 1e-12);
    RigidTransform roll = RigidTransform.about(Vec3.ZERO, new Vec3(Math.PI / 2, 0, 0), Vec3.ZERO);
    assertEquals(0, roll.apply(new Vec3(0, 1, 0)).minus(new Vec3(0, 0, 1)).length(), 1e-12);
    SlicePlane plane = new SlicePlane(p, new Vec3(2, 0, 0), new Vec3(0, 3, 0), 5, 4);
    Vec3 expected = t.apply(plane.toPatient(1.5, 2));
    assertEquals(0, t.apply(plane).toPatient(1.5, 2).minus(expected).length(), 1e-12);
  }

  /**
   * Two studies of one patient. The experts' mask of what changed was brought to both studies by
   * the data's authors, with a registration of their own: its middle is a place known in both.
   */
  @Test
  void twoStudiesOfARealPatientLieOnEachOther() throws Exception {
    assumeTrue(Files.isDirectory(PATIENTS), "no patients at " + PATIENTS);
    Volume first = read("long_patient01_study1/T2.nii.gz");
    Volume second = read("long_patient01_study2/T2.nii.gz");
    RigidRegistration.Result r = RigidRegistration.between(first, second).orElseThrow();
    Vec3 there = middle(read("long_patient01_study2/lesion_change.nii.gz"));
    Vec3 here = middle(read("long_patient01_study1/lesion_change.nii.gz"));
    assertTrue(here.minus(there).length() > 10);
    double error = r.transform().apply(here).minus(there).length();
    assertTrue(error < 2.5, error + " mm");
  }

  private static Volume read(String file) throws IOException {
    return NiftiReader.read(PATIENTS.resolve(file)).toVolume();
  }

  private static Vec3 middle(Volume mask) {
    Vec3 sum = Vec3.ZERO;
    int n = 0;
    for (int k = 0; k < mask.depth(); k++) {
      for (int i = 0; i < mask.columns() * mask.rows(); i++) {
        if (mask.slice(k).values()[i] > 0.5) {
          int row = i / mask.columns();
          sum = sum.plus(mask.plane(k).toPatient(i % mask.columns(), row));
          n++;
        }
      }
    }
    return sum.times(1.0 / n);
  }
}
