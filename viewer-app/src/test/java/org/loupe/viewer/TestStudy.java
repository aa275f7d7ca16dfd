package org.loupe.viewer;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.loupe.image.Contrast;
import org.loupe.image.Image2;
import org.loupe.image.RigidTransform;
import org.loupe.image.SlicePlane;
import org.loupe.image.Vec3;
import org.loupe.image.Volume;
import org.loupe.study.Loaded;
import org.loupe.study.Series;
import org.loupe.study.Study;

/** A small head of ellipses: T2 with 1 mm pixels, T1 of the same place with 0.5 mm pixels. */
final class TestStudy {

  /** Centre of a bright round spot in every slice, LPS mm in plane. */
  static final double SPOT_X = 11.3;

  static final double SPOT_Y = -17.6;

  private TestStudy() {}

  /** Value of T2 brain in slice k, away from spot and ventricle. */
  static double brain(int k) {
    return 300 + 60 * k;
  }

  /** Both series in one frame of reference. */
  static Loaded loaded() {
    return loaded("frame");
  }

  /** T2 in the frame of reference "frame", T1 in another one. */
  static Loaded loaded(String frameOfT1) {
    Series t2 = series("t2", "t2_tse", Contrast.T2, 1, 6, "frame");
    Series t1 = series("t1", "t1_se", Contrast.T1, 0.5, 6, frameOfT1);
    return new Loaded(
        List.of(new Study("st", "Test Person", "Head", "2026-01-02", List.of(t2, t1))),
        List.of(),
        List.of());
  }

  /** T2 and T1 of the same patient a year before. */
  static Loaded earlier() {
    Series t2 = series("t2-before", "t2_tse", Contrast.T2, 1, 6, "before");
    Series t1 = series("t1-before", "t1_se", Contrast.T1, 0.5, 6, "before");
    return new Loaded(
        List.of(new Study("st-before", "Test Person", "Head", "2025-01-02", List.of(t2, t1))),
        List.of(),
        List.of());
  }

  /** The same of a patient of a name, whose head lay elsewhere. */
  static Loaded earlier(String patient, RigidTransform moved) {
    Series t2 = series("t2-before", "t2_tse", Contrast.T2, 1, 6, "before", moved);
    Series t1 = series("t1-before", "t1_se", Contrast.T1, 0.5, 6, "before", moved);
    return new Loaded(
        List.of(new Study("st-before", patient, "Head", "2025-01-02", List.of(t2, t1))),
        List.of(),
        List.of());
  }

  /**
   * Slices of a series as another one, moved along the patient's long axis.
   *
   * @param first first of the slices, which are all up to the last
   * @param z mm
   */
  static Series moved(Series of, String id, int first, double z) {
    List<SlicePlane> planes = new ArrayList<>();
    List<Image2> slices = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    for (int k = first; k < of.volume().depth(); k++) {
      SlicePlane p = of.volume().plane(k);
      Vec3 origin = p.origin().plus(new Vec3(0, 0, z));
      planes.add(new SlicePlane(origin, p.columnStep(), p.rowStep(), p.columns(), p.rows()));
      slices.add(of.volume().slice(k));
      ids.add(id + "." + k);
    }
    return new Series(
        id,
        id,
        of.contrast(),
        "test",
        of.frameOfReference(),
        new Volume(planes, slices),
        null,
        ids,
        List.of());
  }

  private static Series series(
      String id, String name, Contrast contrast, double mm, int depth, String frame) {
    return series(id, name, contrast, mm, depth, frame, RigidTransform.IDENTITY);
  }

  private static Series series(
      String id,
      String name,
      Contrast contrast,
      double mm,
      int depth,
      String frame,
      RigidTransform moved) {
    RigidTransform back = moved.inverse();
    int size = (int) (128 / mm);
    List<SlicePlane> planes = new ArrayList<>();
    List<Image2> slices = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    for (int k = 0; k < depth; k++) {
      SlicePlane plane =
          new SlicePlane(
              new Vec3(-64, -64, 5.0 * k - 10), new Vec3(mm, 0, 0), new Vec3(0, mm, 0), size, size);
      planes.add(plane);
      slices.add(slice(plane, contrast, k, back));
      ids.add(id + "." + k);
    }
    return new Series(
        id, name, contrast, "test", frame, new Volume(planes, slices), null, ids, List.of());
  }

  private static Image2 slice(SlicePlane plane, Contrast contrast, int k, RigidTransform back) {
    Image2 image = new Image2(plane.columns(), plane.rows());
    Random noise = new Random(k);
    for (int r = 0; r < plane.rows(); r++) {
      for (int c = 0; c < plane.columns(); c++) {
        Vec3 p = back.apply(plane.toPatient(c, r));
        double head = p.x() * p.x() / 2500 + p.y() * p.y() / 3400;
        double ventricle = p.x() * p.x() / 120 + (p.y() - 8) * (p.y() - 8) / 500;
        double dx = p.x() - SPOT_X;
        double dy = p.y() - SPOT_Y;
        double spot = Math.exp(-(dx * dx + dy * dy) / (2 * 3.0 * 3.0));
        double brain = contrast == Contrast.T2 ? 300 : 500;
        double fluid = contrast == Contrast.T2 ? 900 : 150;
        double value = head > 1 ? 0 : ventricle < 1 ? fluid : brain + 60 * k;
        value += 700 * spot + 5 * noise.nextGaussian();
        image.values()[r * plane.columns() + c] = (float) Math.max(0, value);
      }
    }
    return image;
  }
}
