package org.loupe.dicom.derived;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.dicom.DatasetBuilder;
import org.loupe.dicom.DicomDataset;
import org.loupe.dicom.DicomWriter;
import org.loupe.dicom.StoredView;
import org.loupe.dicom.StoredView.Part;
import org.loupe.dicom.Tag;
import org.loupe.dicom.TransferSyntax;
import org.loupe.dicom.Vr;
import org.loupe.image.Pixel;
import org.loupe.image.SlicePlane;
import org.loupe.image.Vec3;
import org.loupe.image.Window;
import org.loupe.study.Progress;
import org.loupe.study.StudyLoader;

class StoredViewTest {

  @TempDir Path folder;

  private static DicomDataset state(Vec3 right, Vec3 down, Pixel from, Pixel to) {
    SlicePlane p = Samples.plane(1);
    return PresentationState.datasets(
            List.of(
                new PresentationState.View(
                    Samples.source(1, 1),
                    right,
                    down,
                    p.toPatient(from.column(), from.row()),
                    p.toPatient(to.column(), to.row()),
                    new Window(600, 1200),
                    true,
                    Samples.findings(),
                    "T2, slice 2")),
            Samples.PROCESSING.when())
        .get(0);
  }

  @Test
  void readsWhatIsWritten() throws IOException {
    SlicePlane p = Samples.plane(1);
    DicomDataset d =
        state(p.columnStep().unit(), p.rowStep().unit(), new Pixel(1, 2), new Pixel(4, 6));
    Files.createDirectories(folder.resolve("sub"));
    DicomWriter.write(folder.resolve("sub").resolve("a.dcm"), d, TransferSyntax.EXPLICIT_LE);
    Files.writeString(folder.resolve("note.txt"), "no state: " + StoredView.STORAGE);
    List<StoredView> found = new StudyLoader().load(List.of(folder), Progress.NONE).views();
    assertEquals(1, found.size());
    StoredView view = found.get(0);
    assertEquals("2.25.20011", view.images().get(0).instanceUid());
    assertEquals(new StoredView.Area(new Pixel(1, 2), new Pixel(4, 6), false), view.area());
    assertEquals(new Window(600, 1200), view.window());
    assertTrue(view.inverted());
    assertEquals("T2, slice 2", view.label());
    // A line, two lines, an ellipse, a polygon, a point; and the text of each.
    assertEquals(11, view.drawings().size());
    StoredView.Drawing line = view.drawings().get(0);
    assertEquals("POLYLINE", line.type());
    assertEquals(0, line.points().get(0).column(), 1e-4);
    assertEquals(4, line.points().get(1).row(), 1e-4);
    assertEquals("4.5 mm", view.drawings().get(6).text());
  }

  /** A view that is turned and mirrored names its corners as they lie on the screen. */
  @Test
  void keepsTheCornersOfTurnedViews() {
    SlicePlane p = Samples.plane(1);
    Vec3 column = p.columnStep().unit();
    Vec3 row = p.rowStep().unit();
    Pixel from = new Pixel(4, 1);
    Pixel to = new Pixel(0, 6);
    DicomDataset mirrored = state(column.times(-1), row, from, to);
    assertEquals("Y", mirrored.string(Tag.IMAGE_HORIZONTAL_FLIP));
    assertEquals(new StoredView.Area(from, to, false), StoredView.of(mirrored).area());
    DicomDataset turned = state(row.times(-1), column, new Pixel(0, 6), new Pixel(4, 1));
    assertEquals(90, turned.integer(Tag.IMAGE_ROTATION, 0));
    assertTrue(StoredView.of(turned).area().turned());
  }

  /** All eight ways that a view can lie, written and read: the screen's directions come back. */
  @Test
  void keepsHowAViewIsTurned() {
    SlicePlane p = Samples.plane(1);
    List<Vec3> axes = List.of(p.columnStep().unit(), p.rowStep().unit());
    for (int n = 0; n < 8; n++) {
      Vec3 right = axes.get(n & 1).times((n & 2) == 0 ? 1 : -1);
      Vec3 down = axes.get(1 - (n & 1)).times((n & 4) == 0 ? 1 : -1);
      StoredView view = StoredView.of(state(right, down, new Pixel(0, 0), new Pixel(4, 6)));
      assertEquals(0, view.turn().right(p).minus(right).length(), 1e-9);
      assertEquals(0, view.turn().down(p).minus(down).length(), 1e-9);
      assertEquals((n & 1) == 1, view.area().turned());
    }
  }

  /** A state of three images, the second with a window and a text of its own. */
  @Test
  void imagesThatLookOtherwiseAreOtherViews() {
    List<DicomDataset> images = List.of("1.1", "1.2", "1.3").stream().map(this::image).toList();
    StoredView[] views =
        StoredView.all(
                new DatasetBuilder()
                    .items(
                        Tag.REFERENCED_SERIES_SEQUENCE,
                        new DatasetBuilder().items(Tag.REFERENCED_IMAGE_SEQUENCE, images).build())
                    .items(
                        Tag.SOFTCOPY_VOILUT_SEQUENCE,
                        window(50, images.get(0), images.get(2)),
                        window(70, images.get(1)))
                    .items(
                        Tag.GRAPHIC_ANNOTATION_SEQUENCE,
                        new DatasetBuilder()
                            .items(Tag.REFERENCED_IMAGE_SEQUENCE, images.get(1))
                            .items(
                                Tag.TEXT_OBJECT_SEQUENCE,
                                new DatasetBuilder()
                                    .numbers(Tag.ANCHOR_POINT, 1, 1)
                                    .text(Tag.UNFORMATTED_TEXT_VALUE, "here")
                                    .build())
                            .build())
                    .build())
            .toArray(StoredView[]::new);
    assertEquals(2, views.length);
    assertEquals(
        List.of("1.1", "1.3"), views[0].images().stream().map(r -> r.instanceUid()).toList());
    assertEquals(new Window(50, 100), views[0].window());
    assertEquals(List.of(), views[0].drawings());
    assertEquals(List.of("1.2"), views[1].images().stream().map(r -> r.instanceUid()).toList());
    assertEquals(new Window(70, 100), views[1].window());
    assertEquals("here", views[1].drawings().get(0).text());
  }

  private DicomDataset image(String uid) {
    return new DatasetBuilder().text(Tag.REFERENCED_SOP_INSTANCE_UID, uid).build();
  }

  private DicomDataset window(double centre, DicomDataset... images) {
    return new DatasetBuilder()
        .items(Tag.REFERENCED_IMAGE_SEQUENCE, images)
        .numbers(Tag.WINDOW_CENTER, centre)
        .numbers(Tag.WINDOW_WIDTH, 100)
        .build();
  }

  @Test
  void readsATable() {
    DicomDataset lut =
        new DatasetBuilder()
            .bytes(Tag.LUT_DESCRIPTOR, Vr.SS, new byte[] {4, 0, (byte) 0xfe, (byte) 0xff, 8, 0})
            .bytes(Tag.LUT_DATA, Vr.OW, new byte[] {0, (byte) 255, (byte) 128, 64})
            .build();
    DicomDataset item = new DatasetBuilder().items(Tag.VOI_LUT_SEQUENCE, lut).build();
    StoredView view =
        StoredView.of(new DatasetBuilder().items(Tag.SOFTCOPY_VOILUT_SEQUENCE, item).build());
    assertEquals(new Window(0, 4), view.window());
    int[] levels = view.voi().curve().levels();
    assertEquals(0, levels[0]);
    assertEquals(255, levels[64]);
    assertEquals(128, levels[128]);
    assertEquals(64, levels[255]);
    assertEquals(Set.of(), view.unread());
  }

  /** A broken table is told, not shown. */
  @Test
  void tellsWhatIsNotShown() {
    DicomDataset broken = new DatasetBuilder().numbers(Tag.LUT_DESCRIPTOR, 1).build();
    DicomDataset table = new DatasetBuilder().items(Tag.VOI_LUT_SEQUENCE, broken).build();
    DicomDataset area = new DatasetBuilder().text(Tag.PRESENTATION_SIZE_MODE, "TRUE SIZE").build();
    StoredView view =
        StoredView.of(
            new DatasetBuilder()
                .items(Tag.SOFTCOPY_VOILUT_SEQUENCE, table)
                .items(Tag.DISPLAYED_AREA_SELECTION_SEQUENCE, area)
                .items(Tag.PRESENTATION_LUT_SEQUENCE, broken)
                .build());
    assertNull(view.voi());
    assertEquals(Set.of(Part.VOI_LUT, Part.SIZE, Part.PRESENTATION_LUT), view.unread());
  }

  @Test
  void fractionsOfTheAreaBecomePixels() {
    SlicePlane p = Samples.plane(1);
    DicomDataset area =
        state(p.columnStep().unit(), p.rowStep().unit(), new Pixel(0, 0), new Pixel(4, 6));
    DicomDataset text =
        new DatasetBuilder()
            .text(Tag.ANCHOR_POINT_ANNOTATION_UNITS, "DISPLAY")
            .numbers(Tag.ANCHOR_POINT, 0.5, 0.25)
            .text(Tag.UNFORMATTED_TEXT_VALUE, "here")
            .build();
    StoredView view =
        StoredView.of(
            new DatasetBuilder()
                .all(area)
                .items(
                    Tag.GRAPHIC_ANNOTATION_SEQUENCE,
                    new DatasetBuilder().items(Tag.TEXT_OBJECT_SEQUENCE, text).build())
                .build());
    assertEquals(List.of(new Pixel(2, 1.5)), view.drawings().get(0).points());
  }

  @Test
  void whatIsNotSaidIsLeftOut() {
    StoredView view = StoredView.of(new DatasetBuilder().text(Tag.SOP_INSTANCE_UID, "1.2").build());
    assertNull(view.area());
    assertNull(view.window());
    assertFalse(view.inverted());
    assertEquals(List.of(), view.drawings());
  }

  /** Windows of quantities, below what the usual function can say, come back as they were. */
  @Test
  void keepsNarrowWindows() {
    SlicePlane p = Samples.plane(1);
    Window narrow = new Window(0.25, 0.5);
    PresentationState.View view =
        PresentationState.View.whole(Samples.source(1, 1), narrow, List.of(), "ADC");
    DicomDataset d = PresentationState.datasets(List.of(view), Samples.PROCESSING.when()).get(0);
    StoredView read = StoredView.of(d);
    assertEquals(narrow, read.window());
    assertEquals(0.5, read.voi().apply(0.25), 1e-9);
    assertEquals(0, read.voi().apply(0), 1e-9);
    assertEquals(1, read.voi().apply(0.5), 1e-9);
    DicomDataset wide =
        state(p.columnStep().unit(), p.rowStep().unit(), new Pixel(1, 2), new Pixel(4, 6));
    assertFalse(wide.items(Tag.SOFTCOPY_VOILUT_SEQUENCE).get(0).has(Tag.VOI_LUT_FUNCTION));
  }
}
