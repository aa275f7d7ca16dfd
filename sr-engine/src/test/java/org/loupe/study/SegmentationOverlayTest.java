package org.loupe.study;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.loupe.dicom.Code;
import org.loupe.dicom.DatasetBuilder;
import org.loupe.dicom.DicomDataset;
import org.loupe.dicom.DicomException;
import org.loupe.dicom.DicomFile;
import org.loupe.dicom.DicomReader;
import org.loupe.dicom.DicomWriter;
import org.loupe.dicom.Segmentation;
import org.loupe.dicom.SegmentationHeader;
import org.loupe.dicom.Tag;
import org.loupe.dicom.TransferSyntax;
import org.loupe.dicom.derived.DerivedSegmentation;
import org.loupe.dicom.derived.Processing;
import org.loupe.image.Image2;
import org.loupe.image.Mask;
import org.loupe.image.Pixel;
import org.loupe.image.SlicePlane;
import org.loupe.image.Vec3;

/** Segmentations of anything, to be laid over images: ours, and a lesion over the demo study. */
class SegmentationOverlayTest {

  private static final Path T2 =
      Path.of(System.getProperty("loupe.home"), "assets", "demo", "study", "T2");

  /** Half axes of the lesion along the patient's axes, mm. */
  private static final double[] HALF = {9, 6, 10.5};

  private static final double[] RED = {54.29, 80.81, 69.89};

  @TempDir Path folder;

  private Series t2;
  private Vec3 centre;

  @BeforeEach
  void demo() throws IOException {
    t2 = new StudyLoader().loadSeries(T2, null);
    centre = t2.volume().plane(t2.volume().depth() / 2).centre();
  }

  /** How far out a point lies: 1 on the lesion's surface. */
  private double out(Vec3 p) {
    Vec3 d = p.minus(centre);
    return Math.sqrt(square(d.x() / HALF[0]) + square(d.y() / HALF[1]) + square(d.z() / HALF[2]));
  }

  /** Place of the n-th pixel, row by row. */
  private static Vec3 pixel(SlicePlane plane, int n) {
    int row = n / plane.columns();
    return plane.toPatient(n % plane.columns(), row);
  }

  private static double square(double v) {
    return v * v;
  }

  /** A lesion on the planes of the T2 that it reaches, and a segment of nothing. */
  private DicomDataset lesion(boolean binary) throws IOException {
    SourceImages images = SourceImages.find(List.of(T2), List.of(t2), d -> d);
    List<DerivedSegmentation.Plane> planes = new ArrayList<>();
    for (int k = 0; k < t2.volume().depth(); k++) {
      SlicePlane plane = t2.volume().plane(k);
      Image2 in = new Image2(plane.columns(), plane.rows());
      boolean any = false;
      for (int n = 0; n < in.values().length; n++) {
        double r = out(pixel(plane, n));
        in.values()[n] = binary ? (r <= 1 ? 1 : 0) : (float) Math.clamp(2 - 2 * r, 0, 1);
        any |= in.values()[n] > 0;
      }
      if (any) {
        Image2 nothing = new Image2(plane.columns(), plane.rows());
        planes.add(
            new DerivedSegmentation.Plane(plane, List.of(in, nothing), List.of(images.of(t2, k))));
      }
    }
    Code abnormal = Code.sct("49755003", "Morphologically Abnormal Structure");
    return DerivedSegmentation.dataset(
        List.of(
            new DerivedSegmentation.Segment(
                "Plaque 1", abnormal, Code.sct("52988006", "Lesion"), RED),
            new DerivedSegmentation.Segment(
                "lesion", abnormal, Code.sct("52988006", "Lesion"), RED)),
        planes,
        binary,
        Processing.now("test", "1", Map.of(), "CPU"));
  }

  private SegmentationOverlay opened(DicomDataset d) throws IOException {
    DicomWriter.write(folder.resolve("seg.dcm"), d, TransferSyntax.EXPLICIT_LE);
    return opened();
  }

  /** What the folder holds, by headers alone as the viewer opens. */
  private SegmentationOverlay opened() {
    Loaded loaded = new StudyLoader().open(List.of(folder), Progress.NONE, soFar -> {});
    assertEquals(List.of(), loaded.problems());
    assertEquals(1, loaded.segmentations().size());
    return loaded.segmentations().get(0);
  }

  @Test
  void tellsWhatIsSegmented() throws IOException {
    SegmentationOverlay lesion = opened(lesion(true));
    assertTrue(lesion.binary());
    assertEquals("TISSUES", lesion.name());
    assertEquals(
        List.of(
            new SegmentationOverlay.Segment(1, "Plaque 1", "Lesion", 0xff0000),
            new SegmentationOverlay.Segment(2, "lesion", "", 0xff0000)),
        lesion.segments());
    assertTrue(lesion.liesOver(t2));
    Series elsewhere =
        new Series(
            "1", "t2", t2.contrast(), "", "1.2.3", t2.volume(), null, t2.instanceIds(), List.of());
    assertFalse(lesion.liesOver(elsewhere));
  }

  /** On every slice, on its own lattice and on a finer one of a part of it. */
  @Test
  void aSliceShowsItsFrameWhereItLies() throws IOException {
    SegmentationOverlay lesion = opened(lesion(true));
    int shown = 0;
    for (SlicePlane plane : t2.volume().planes()) {
      Mask cut = lesion.cut(1, plane);
      for (int n = 0; n < plane.columns() * plane.rows(); n++) {
        int column = n % plane.columns();
        int row = n / plane.columns();
        boolean in = out(plane.toPatient(column, row)) <= 1;
        assertEquals(in ? 255 : 0, cut.at(column, row));
      }
      shown += cut.area() == null ? 0 : 1;
    }
    assertTrue(shown > 2 && shown < t2.volume().depth(), shown + " slices");
    SlicePlane own = t2.volume().plane(t2.volume().depth() / 2);
    Pixel middle = own.toPixel(centre);
    SlicePlane part =
        new SlicePlane(
            own.toPatient(middle.column() - 20.1, middle.row() - 10.1),
            own.columnStep().times(0.25),
            own.rowStep().times(0.25),
            160,
            80);
    Mask cut = lesion.cut(1, part);
    for (int n = 0; n < 160 * 80; n++) {
      Pixel p = own.toPixel(pixel(part, n));
      boolean in = out(own.toPatient(Math.floor(p.column() + 0.5), Math.floor(p.row() + 0.5))) <= 1;
      assertEquals(in ? 255 : 0, cut.at(n % 160, n / 160));
    }
  }

  /** Half a plane's distance away it is seen, further away it is not; coronal, it is a stack. */
  @Test
  void otherPlanesShowTheNearestVoxels() throws IOException {
    SegmentationOverlay lesion = opened(lesion(true));
    int k = t2.volume().depth() / 2;
    SlicePlane own = t2.volume().plane(k);
    double gap = t2.volume().gaps().get(k);
    assertSame(lesion.cut(1, own), lesion.cut(1, moved(own, 0.45 * gap)));
    assertSame(lesion.cut(1, t2.volume().plane(k + 1)), lesion.cut(1, moved(own, 0.55 * gap)));
    assertEquals(Mask.EMPTY, lesion.cut(1, moved(own, 100)));
    SlicePlane coronal =
        new SlicePlane(
            centre.minus(new Vec3(20, 0, -20)), new Vec3(0.5, 0, 0), new Vec3(0, 0, -0.5), 81, 81);
    Mask cut = lesion.cut(1, coronal);
    int wrong = 0;
    for (int n = 0; n < 81 * 81; n++) {
      Vec3 p = pixel(coronal, n);
      SlicePlane nearest = t2.volume().plane(t2.volume().nearestSlice(p));
      Pixel q = nearest.toPixel(p);
      boolean in =
          out(nearest.toPatient(Math.floor(q.column() + 0.5), Math.floor(q.row() + 0.5))) <= 1;
      wrong += in == (cut.at(n % 81, n / 81) != 0) ? 0 : 1;
    }
    assertTrue(cut.pixels() > 300, cut.pixels() + " samples");
    // Where two slices are as near, either may be taken.
    assertTrue(wrong <= 81, wrong + " samples of others than the nearest voxels");
  }

  private static SlicePlane moved(SlicePlane p, double mm) {
    return new SlicePlane(
        p.origin().plus(p.normal().times(mm)), p.columnStep(), p.rowStep(), p.columns(), p.rows());
  }

  private static void assertSame(Mask expected, Mask actual) {
    assertEquals(expected.area(), actual.area());
    assertArrayEquals(expected.values(), actual.values());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void measuresVolumes(boolean binary) throws IOException {
    Map<Integer, SegmentationOverlay.Extent> extents = opened(lesion(binary)).measure(() -> false);
    double whole = 4.0 / 3 * Math.PI * HALF[0] * HALF[1] * HALF[2] / 1000;
    // Fractions: 1 up to half the radius, falling to 0 at the surface.
    double expected = binary ? whole : whole * 3 * (0.125 / 3 + 2 * (0.875 / 3 - 0.9375 / 4));
    assertEquals(expected, extents.get(1).millilitres(), 0.06 * expected);
    assertTrue(out(extents.get(1).place()) < 0.4, "away from the middle");
    assertEquals(0, extents.get(2).millilitres());
    assertNull(extents.get(2).place());
  }

  @Test
  void fractionsAreSmoothAndKeepTheirValue() throws IOException {
    SegmentationOverlay lesion = opened(lesion(false));
    SlicePlane own = t2.volume().plane(t2.volume().depth() / 2);
    Pixel edge = own.toPixel(centre.plus(new Vec3(0.75 * HALF[0], 0, 0)));
    int column = (int) Math.rint(edge.column());
    int row = (int) Math.rint(edge.row());
    Mask cut = lesion.cut(1, own.resampled(0.5, 0.5, 2 * own.columns(), 2 * own.rows()));
    int at = cut.at(2 * column, 2 * row);
    int next = cut.at(2 * column + 2, 2 * row);
    double here = Math.clamp(2 - 2 * out(own.toPatient(column, row)), 0, 1);
    assertEquals(here, at / 255.0, 0.01);
    assertEquals((at + next) / 2.0, cut.at(2 * column + 1, 2 * row), 1.01, "in between");
    assertEquals(here, lesion.at(1, own.toPatient(column, row)), 0.01);
    assertEquals(0, lesion.at(1, centre.plus(new Vec3(40, 0, 0))));
  }

  /** Frames are decoded when they are needed, and only those. */
  @Test
  void decodesWhatAPlaneNeeds() throws IOException {
    SegmentationOverlay lesion = opened(lesion(true));
    SlicePlane own = t2.volume().plane(t2.volume().depth() / 2);
    assertEquals(-1, lesion.ready(1, own));
    assertEquals(0, lesion.at(1, centre), "not decoded yet");
    assertTrue(lesion.cut(1, own).pixels() > 0);
    assertEquals(1, lesion.ready(1, own));
    assertEquals(1, lesion.at(1, centre));
    assertEquals(-1, lesion.ready(1, t2.volume().plane(t2.volume().depth() / 2 + 1)));
    assertThrows(CancellationException.class, () -> lesion.measure(() -> true));
  }

  @Test
  void keepsNoMoreThanItMay() throws IOException {
    DicomFile file =
        DicomReader.configured().read(DicomWriter.encode(lesion(true), TransferSyntax.EXPLICIT_LE));
    MaskCache cache = new MaskCache(1000);
    SegmentationOverlay lesion =
        new SegmentationOverlay(
            "seg.dcm", SegmentationHeader.of(file), frame -> Segmentation.mask(file, frame), cache);
    SegmentationOverlay other = opened(lesion(true));
    for (SlicePlane plane : t2.volume().planes()) {
      assertSame(other.cut(1, plane), lesion.cut(1, plane));
      assertTrue(cache.bytes() <= 1000, cache.bytes() + " bytes");
    }
  }

  /** Our own tissues, as they are read for the prior. */
  @ParameterizedTest
  @ValueSource(strings = {"seg_binary.dcm", "seg_fractional.dcm"})
  void tissuesAreSegmentsLikeOthers(String name) throws IOException {
    byte[] bytes;
    try (InputStream in = DicomFile.class.getResourceAsStream("derived/" + name)) {
      bytes = in.readAllBytes();
    }
    Files.write(folder.resolve(name), bytes);
    SegmentationOverlay tissues = opened();
    assertEquals(
        List.of("Cerebrospinal fluid", "Grey matter", "White matter"),
        tissues.segments().stream().map(SegmentationOverlay.Segment::name).toList());
    for (Segmentation.Plane frame :
        Segmentation.read(DicomReader.configured().read(bytes)).frames()) {
      Mask cut = tissues.cut(frame.segment(), frame.plane());
      int columns = frame.plane().columns();
      for (int n = 0; n < frame.values().values().length; n++) {
        assertEquals(frame.values().values()[n], cut.at(n % columns, n / columns) / 255.0, 1e-6);
      }
    }
  }

  @Test
  void whatIsWrongWithASegmentationIsTold() throws IOException {
    DicomDataset sound = lesion(true);
    byte[] bytes = DicomWriter.encode(sound, TransferSyntax.EXPLICIT_LE);
    Files.write(folder.resolve("short.dcm"), Arrays.copyOf(bytes, bytes.length - 1000));
    SegmentationOverlay cut = opened();
    SlicePlane plane = t2.volume().plane(t2.volume().depth() / 2);
    DicomException e = assertThrows(DicomException.class, () -> cut.cut(1, plane));
    assertTrue(e.getMessage().startsWith("truncated"), e.getMessage());
    assertThrows(DicomException.class, () -> cut.measure(() -> false));
    Files.delete(folder.resolve("short.dcm"));
    assertThrows(IOException.class, () -> cut.cut(1, plane));

    told(Tag.SEGMENTATION_TYPE, "SOLID", "segmentations of type 'SOLID' are not supported");
    told(Tag.SHARED_FUNCTIONAL_GROUPS, null, "it lacks (0020,0037) ImageOrientationPatient");
  }

  /** Opens a lesion of which an attribute is another one, or missing. */
  private void told(int tag, String value, String reason) throws IOException {
    DatasetBuilder b = new DatasetBuilder();
    DicomDataset sound = lesion(true);
    sound.elements().stream().filter(x -> x.tag() != tag).forEach(x -> b.copy(sound, x.tag()));
    if (value != null) {
      b.text(tag, value);
    }
    DicomWriter.write(folder.resolve("seg.dcm"), b.build(), TransferSyntax.EXPLICIT_LE);
    Loaded loaded = new StudyLoader().open(List.of(folder), Progress.NONE, soFar -> {});
    assertEquals(
        List.of(new Problem("seg.dcm", "segmentation not shown: " + reason)), loaded.problems());
    assertEquals(List.of(), loaded.segmentations());
  }

  /** Empty planes need not be stored; what cannot be counted is not. */
  @Test
  void voxelsAreAsThickAsPlanesAreApart() {
    double no = Double.NaN;
    assertEquals(new Slabs(thick(2, 0, 2, 8), true), slabs(no, no, 0, 2, 8));
    assertEquals(new Slabs(thick(2, 0, 4, 8), true), slabs(2, no, 0, 4, 8));
    assertEquals(new Slabs(thick(4, 0, 4, 8), true), slabs(3, no, 0, 4, 8));
    assertEquals(new Slabs(thick(4, 0, 4, 8), true), slabs(no, 2, 0, 4, 8), "gaps between slices");
    assertEquals(new Slabs(thick(2, 0, 2, 5), false), slabs(2, no, 0, 2, 5));
    assertEquals(new Slabs(thick(5, 3), true), slabs(5, 4, 3));
    assertEquals(new Slabs(thick(4, 3), true), slabs(no, 4, 3));
    assertEquals(new Slabs(thick(1, 3), false), slabs(no, no, 3));
  }

  private static SlicePlane plane(double z) {
    return new SlicePlane(new Vec3(0, 0, z), new Vec3(1, 0, 0), new Vec3(0, 1, 0), 4, 4);
  }

  private static Map<SlicePlane, Double> thick(double mm, double... z) {
    Map<SlicePlane, Double> thickness = new java.util.HashMap<>();
    Arrays.stream(z).forEach(at -> thickness.put(plane(at), mm));
    return thickness;
  }

  private static Slabs slabs(double spacing, double slice, double... z) {
    return Slabs.of(
        Arrays.stream(z).mapToObj(SegmentationOverlayTest::plane).toList(), spacing, slice);
  }

  @Test
  void masksAreCropped() {
    Mask mask = Mask.of(new int[] {0, 0, 0, 0, 5, 0, 0, 10, 20, 0, 0, 0}, 3, 10);
    assertEquals(new org.loupe.image.Region(1, 1, 2, 2), mask.area());
    assertEquals(128, mask.at(1, 1), "half");
    assertEquals(255, mask.at(1, 2));
    assertEquals(255, mask.at(2, 2), "more than all");
    assertEquals(0, mask.at(0, 0));
    assertEquals(2.5, mask.pixels(), 0.01);
  }
}
