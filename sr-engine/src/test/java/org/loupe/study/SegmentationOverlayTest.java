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
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
import org.loupe.image.MaskCut;
import org.loupe.image.Pixel;
import org.loupe.image.Region;
import org.loupe.image.Slab;
import org.loupe.image.SlicePlane;
import org.loupe.image.Vec3;

/** Segmentations of anything, to be laid over images: ours, and a lesion over the demo study. */
class SegmentationOverlayTest {

  private static final Path T2 =
      Path.of(System.getProperty("loupe.home"), "assets", "demo", "study", "T2");

  /** Half axes of the lesion along the patient's axes, mm. */
  private static final double[] HALF = {9, 6, 10.5};

  private static final double[] RED = {54.29, 80.81, 69.89};

  private static final Segmentation.Segment SEGMENT =
      new Segmentation.Segment(1, "a", null, null, Segmentation.NO_COLOUR);

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
    return moved(p, p.normal().times(mm));
  }

  private static SlicePlane moved(SlicePlane p, Vec3 by) {
    return new SlicePlane(p.origin().plus(by), p.columnStep(), p.rowStep(), p.columns(), p.rows());
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

  /** Empty planes need not be stored; what is guessed is drawn, but not measured. */
  @Test
  void voxelsAreAsThickAsPlanesAreApart() {
    double no = Double.NaN;
    assertEquals(thick(true, 2, 0, 4, 8), slabs(2, no, 0, 4, 8));
    assertEquals(thick(false, 4, 0, 4, 8), slabs(3, no, 0, 4, 8), "contradicts what is told");
    assertEquals(thick(false, 1, 0, 1, 2), slabs(3, no, 0, 1, 2), "contradicts what is told");
    assertEquals(thick(false, 2, 0, 2, 5), slabs(2, no, 0, 2, 5));
    assertEquals(thick(true, 5, 3), slabs(5, 4, 3));
    assertEquals(thick(false, 2, 0, 4, 8), slabs(no, 2, 0, 4, 8), "gaps, or planes left out");
    assertEquals(thick(true, 2.5, 0, 2.5, 7.5), slabs(no, 2, 0, 2.5, 7.5));
    assertEquals(thick(true, 2, 0, 2, 4), slabs(no, 5, 0, 2, 4), "slices overlap");
    assertEquals(thick(false, 1, 0, 1, 3, 4), slabs(no, 3, 0, 1, 3, 4));
    assertEquals(thick(true, 4, 3), slabs(no, 4, 3));
    assertEquals(thick(true, 4, 0, 4, 8), slabs(no, no, 0, 4, 8));
    assertEquals(thick(false, 2, 0, 2, 8), slabs(no, no, 0, 2, 8));
    assertEquals(thick(false, 30, 0, 30), slabs(no, no, 0, 30));
    assertEquals(thick(false, 1, 3), slabs(no, no, 3));
  }

  /** The planes of each segment are as far apart as is told, and those of both are not. */
  @Test
  void segmentsMayLieOnPlanesOfTheirOwn() {
    assertEquals(
        Map.of(1, thick(true, 3, 0, 3, 6), 2, thick(true, 3, 1, 4, 7)),
        Slabs.of(Map.of(1, planes(0, 3, 6), 2, planes(1, 4, 7)), 3, Double.NaN));
    assertEquals(
        Map.of(1, thick(true, 3, 0, 3, 6), 2, thick(false, 1, 0, 1, 3)),
        Slabs.of(Map.of(1, planes(0, 3, 6), 2, planes(0, 1, 3)), 3, Double.NaN));
    // Of a stack without a spacing all segments tell how far planes are apart.
    assertEquals(
        Map.of(1, thick(true, 3, 0, 3, 6), 2, thick(true, 3, 0, 6)),
        Slabs.of(Map.of(1, planes(0, 3, 6), 2, planes(0, 6)), Double.NaN, 3));
  }

  @Test
  void planesThatDifferByRoundingAreOne() {
    Slabs both = slabs(3, Double.NaN, 0, 0.00001, 3, 6);
    assertTrue(both.volumes());
    assertEquals(new Slab(plane(0), 3), both.slabs().get(plane(0.00001)));
    assertEquals(new Slab(plane(3), 3), both.slabs().get(plane(3)));
    // Tiles of one height are not.
    SlicePlane beside = moved(plane(0), new Vec3(4, 0, 0));
    Slabs tiles = Slabs.of(Map.of(1, List.of(plane(0), beside)), 3, Double.NaN).get(1);
    assertEquals(new Slab(beside, 3), tiles.slabs().get(beside));
  }

  /** Sparse planes lie on their slices alone, and their volume is told where it is known. */
  @Test
  void sparsePlanesLieOnTheirOwnSlices() throws IOException {
    SegmentationOverlay sparse = overlay(Double.NaN, 3, 15, 45);
    long shown =
        Stream.iterate(0, z -> z < 63, z -> z + 3)
            .filter(z -> sparse.ready(1, plane(z)) != 0)
            .count();
    assertEquals(2, shown);
    assertTrue(Double.isNaN(sparse.measure(() -> false).get(1).millilitres()));
    assertEquals(
        2 * 4 * 3 / 1000.0, overlay(3, 3, 15, 45).measure(() -> false).get(1).millilitres(), 1e-9);
    // Frames of one plane count together: one of them covers columns 1 and 2, one 2 and 3.
    assertEquals(
        3 * 6 * 3 / 1000.0,
        overlay(3, 3, 0, 1e-5, 3, 3 + 1e-5, 6, 6 + 1e-5).measure(() -> false).get(1).millilitres(),
        1e-9);
  }

  /** Four pixels in each plane, by turns a column further to the right. */
  private static SegmentationOverlay overlay(double spacing, double slice, double... z) {
    List<SegmentationHeader.Place> places = new ArrayList<>();
    for (double at : z) {
      places.add(new SegmentationHeader.Place(places.size(), 1, plane(at)));
    }
    SegmentationHeader header =
        new SegmentationHeader(
            "1", "", "frame", Set.of(), true, spacing, slice, List.of(SEGMENT), places);
    byte[] all = {-1, -1, -1, -1};
    return new SegmentationOverlay(
        "seg",
        header,
        n -> new Mask(new Region(1 + n % 2, 1, 2, 2), all),
        new MaskCache(SegmentationOverlay.KEPT));
  }

  private static SlicePlane plane(double z) {
    return new SlicePlane(new Vec3(0, 0, z), new Vec3(1, 0, 0), new Vec3(0, 1, 0), 4, 4);
  }

  private static List<SlicePlane> planes(double... z) {
    return Arrays.stream(z).mapToObj(SegmentationOverlayTest::plane).toList();
  }

  private static Slabs thick(boolean known, double mm, double... z) {
    return new Slabs(
        planes(z).stream().collect(Collectors.toMap(p -> p, p -> new Slab(p, mm))), known);
  }

  private static Slabs slabs(double spacing, double slice, double... z) {
    return Slabs.of(Map.of(1, planes(z)), spacing, slice).get(1);
  }

  /** A single voxel of 1 mm, from far away, on any plane through it. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatIsSmallerThanASampleStaysInSight(boolean smooth) {
    Mask mask = new Mask(new Region(11, 17, 1, 1), new byte[] {-1});
    Slab slab = new Slab(grid(new Vec3(0, 0, 2), new Vec3(1, 0, 0), new Vec3(0, 1, 0), 32), 1);
    Vec3 voxel = new Vec3(11, 17, 2);
    for (double step : new double[] {1.3, 2, 3.7, 8}) {
      for (double off : new double[] {0, 0.3, 0.49}) {
        Vec3 start = new Vec3(step * off, -step * off, 2);
        Vec3 x = new Vec3(step, 0, 0);
        Vec3 y = new Vec3(0, step, 0);
        Vec3 z = new Vec3(0, 0, step);
        assertSeen(1, mask, slab, smooth, grid(start, x, y, 32), voxel);
        assertSeen(1, mask, slab, smooth, grid(start.plus(x.times(31)), x.times(-1), y, 32), voxel);
        Vec3 coronal = new Vec3(step * off, 17, step * off - 2 * step);
        assertSeen(4, mask, slab, smooth, grid(coronal, x, z, 32), voxel);
        Vec3 a = new Vec3(0.8 * step, 0.6 * step, 0);
        Vec3 b = new Vec3(-0.6 * step, 0.8 * step, 0);
        Vec3 turned = start.minus(a.times(3)).minus(b.times(3));
        assertSeen(4, mask, slab, smooth, grid(turned, a, b, 32), voxel);
      }
    }
  }

  private static SlicePlane grid(Vec3 origin, Vec3 right, Vec3 down, int size) {
    return new SlicePlane(origin, right, down, size, size);
  }

  /** In some samples, no further than one from where it lies. */
  private static void assertSeen(
      int most, Mask mask, Slab slab, boolean smooth, SlicePlane lattice, Vec3 voxel) {
    MaskCut cut = new MaskCut(lattice);
    cut.add(mask, slab, smooth);
    Pixel at = lattice.toPixel(voxel);
    int seen = 0;
    for (int n = 0; n < cut.values().length; n++) {
      if (cut.values()[n] != 0) {
        assertEquals(-1, cut.values()[n], "all of it");
        assertEquals(at.column(), n % lattice.columns(), 1);
        int row = n / lattice.columns();
        assertEquals(at.row(), row, 1);
        seen++;
      }
    }
    assertTrue(seen >= 1 && seen <= most, seen + " samples of " + lattice);
  }

  @Test
  void masksAreCropped() {
    Mask mask = Mask.of(new int[] {0, 0, 0, 0, 5, 0, 0, 10, 20, 0, 0, 0}, 3, 10);
    assertEquals(new Region(1, 1, 2, 2), mask.area());
    assertEquals(128, mask.at(1, 1), "half");
    assertEquals(255, mask.at(1, 2));
    assertEquals(255, mask.at(2, 2), "more than all");
    assertEquals(0, mask.at(0, 0));
    assertEquals(2.5, mask.pixels(), 0.01);
  }
}
