package org.loupe.viewer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;
import javafx.scene.layout.Pane;
import javafx.stage.Stage;
import javafx.util.Subscription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.dicom.DicomDataset;
import org.loupe.dicom.DicomFile;
import org.loupe.dicom.DicomReader;
import org.loupe.dicom.Frame;
import org.loupe.dicom.FrameReader;
import org.loupe.dicom.PixelCompression;
import org.loupe.dicom.Tag;
import org.loupe.image.Image2;
import org.loupe.image.Pixel;
import org.loupe.image.SlicePlane;
import org.loupe.image.Vec3;
import org.loupe.image.Window;
import org.loupe.nifti.NiftiImage;
import org.loupe.nifti.NiftiWriter;
import org.loupe.study.Series;
import org.loupe.viewer.layout.PaneLayout;
import org.loupe.viewer.layout.Workspace;
import org.loupe.viewer.measure.Measurement;
import org.loupe.viewer.measure.MeasurementFile;
import org.loupe.viewer.measure.MeasurementKind;
import org.loupe.viewer.prefs.SessionFile;
import org.loupe.viewer.study.OpenSeries;
import org.loupe.viewer.study.Reformat;
import org.loupe.viewer.tool.PaneActions;
import org.loupe.viewer.viewport.ViewState;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** Menu entries that write DICOM. */
class DicomExportTest extends WindowTest {

  @TempDir Path folder;

  @Start
  @Override
  void start(Stage primary) throws Exception {
    super.start(primary);
  }

  private static <T> Class<ChoiceBox<T>> box() {
    @SuppressWarnings("unchecked")
    Class<ChoiceBox<T>> type = (Class<ChoiceBox<T>>) (Class<?>) ChoiceBox.class;
    return type;
  }

  private static ChoiceBox<Boolean> choice(FxRobot robot, String id) {
    return robot.lookup(id).queryAs(box());
  }

  /** What a pane looks at comes back with its file, and with it what was measured. */
  @Test
  void savedViewsAreShownWhenTheyAreOpened(FxRobot robot) throws Exception {
    Path study = DicomStudy.write(folder.resolve("study"), 3, 48, 1);
    robot.interact(() -> window.closeStudies());
    robot.interact(() -> window.open(List.of(study)));
    until(() -> pane(0).seriesProperty().get() != null && pane(0).geometry() != null);
    robot.interact(
        () -> {
          pane(0).setState(new ViewState(2, new Pixel(30, 18), 1 / 12.0, new Window(950, 123)));
          pane(0).settings().invertedProperty().set(true);
          measure(DicomStudy.SERIES, pane(0).plane(), new Pixel(25, 18), new Pixel(33, 18));
        });
    until(() -> pane(0).settled());
    ViewState was = onFx(() -> pane(0).stateProperty().get());
    Path out = folder.resolve("views");
    chosen = List.of(out);
    command(robot, "exportViews");
    Label said = robot.lookup("#status-text").queryAs(Label.class);
    until(() -> said.getText().contains(out.toString()));
    robot.interact(
        () -> {
          window.closeStudies();
          window.tools().annotations().reset(MeasurementFile.Content.EMPTY);
          pane(0).settings().invertedProperty().set(false);
        });
    robot.interact(() -> window.open(List.of(study, out)));
    until(
        () ->
            pane(0).seriesProperty().get() != null
                && pane(0).stateProperty().get().slice() == 2
                && pane(0).settings().invertedProperty().get());
    ViewState now = onFx(() -> pane(0).stateProperty().get());
    // A presentation state names whole pixels.
    assertEquals(was.centre().column(), now.centre().column(), 0.51);
    assertEquals(was.centre().row(), now.centre().row(), 0.51);
    assertEquals(1, was.mmPerPixel() / now.mmPerPixel(), 0.03);
    assertEquals(was.window(), now.window());
    // A line and its length.
    until(
        () ->
            pane(0).lookup("#saved-view") instanceof Pane drawn && drawn.getChildren().size() == 2);
    command(robot, "storedDrawings");
    until(
        () -> pane(0).lookup("#saved-view") instanceof Pane drawn && drawn.getChildren().isEmpty());
    // A series that is shown anew is as it is.
    Series series = onFx(() -> pane(0).seriesProperty().get());
    robot.interact(() -> window.link().show(pane(0), series, ""));
    assertFalse(onFx(() -> pane(0).settings().invertedProperty().get()));
    robot.interact(() -> window.closeStudies());
    command(robot, "storedView");
    until(() -> said.getText().equals(Texts.of("views.none")));
  }

  /** Writes the view of a slice of the first pane. */
  private Path viewOf(FxRobot robot, int slice) throws Exception {
    robot.interact(
        () -> pane(0).setState(new ViewState(slice, new Pixel(24, 24), 0.1, new Window(950, 123))));
    until(() -> pane(0).settled());
    Path out = folder.resolve("view" + slice);
    chosen = List.of(out);
    command(robot, "exportViews");
    Label said = robot.lookup("#status-text").queryAs(Label.class);
    until(() -> said.getText().contains(out.toString()));
    return out;
  }

  private void open(FxRobot robot, Path study) throws Exception {
    robot.interact(() -> window.closeStudies());
    robot.interact(() -> window.open(List.of(study)));
    until(() -> pane(0).geometry() != null && !window.opening());
  }

  @Test
  void aSavedViewStaysInAPaneThatWouldFollowTheActiveOne(FxRobot robot) throws Exception {
    Path study = DicomStudy.write(folder.resolve("study"), 3, 48, 1);
    open(robot, study);
    Path view = viewOf(robot, 2);
    open(robot, study);
    robot.interact(
        () -> {
          window.grid().show(PaneLayout.TWO);
          window.link().show(pane(1), pane(0).seriesProperty().get(), "");
          window.grid().activate(pane(1));
          pane(1).change(s -> s.withSlice(0));
        });
    assertEquals(0, onFx(() -> pane(0).stateProperty().get().slice()));
    robot.interact(() -> window.open(List.of(view)));
    Label said = robot.lookup("#status-text").queryAs(Label.class);
    until(() -> said.getText().endsWith(Texts.of("views.unlinked")));
    assertEquals(2, onFx(() -> pane(0).stateProperty().get().slice()));
    assertEquals(0, onFx(() -> pane(1).stateProperty().get().slice()));
    assertFalse(onFx(() -> window.link().onProperty().get()));
  }

  @Test
  void aRestoredSessionIsNotReplacedByASavedView(FxRobot robot) throws Exception {
    Path study = DicomStudy.write(folder.resolve("study"), 3, 48, 1);
    open(robot, study);
    List<Path> all = List.of(study, viewOf(robot, 0), viewOf(robot, 2));
    robot.interact(() -> pane(0).change(s -> s.withSlice(1)));
    Workspace left = onFx(() -> Workspace.of(window.grid(), window.link(), window.studies()));
    robot.interact(() -> window.closeStudies());
    robot.interact(
        () -> {
          window.open(all);
          window.tools().sessions().restoring(new SessionFile.Session(List.of(), left));
        });
    until(() -> pane(0).geometry() != null && !window.opening());
    Set<Integer> seen = new LinkedHashSet<>();
    Subscription looking = onFx(() -> pane(0).stateProperty().subscribe(s -> seen.add(s.slice())));
    // On demand one of them is shown, and only that.
    command(robot, "storedView");
    until(() -> pane(0).stateProperty().get().slice() != 1);
    looking.unsubscribe();
    int shown = onFx(() -> pane(0).stateProperty().get().slice());
    assertEquals(List.of(1, shown), List.copyOf(seen));
  }

  @Test
  void whatIsMeasuredOnAReformatIsLeftOutAndCounted(FxRobot robot) throws Exception {
    Path study = DicomStudy.write(folder.resolve("study"), 3, 16, 2);
    robot.interact(() -> window.closeStudies());
    robot.interact(() -> window.open(List.of(study)));
    until(() -> pane(0).seriesProperty().get() != null && !window.opening());
    OpenSeries acquired = window.studies().series().get(0);
    Reformat planes = Reformat.coronal("Coronal");
    Series coronal = planes.of(acquired.series());
    SlicePlane axial = acquired.series().volume().plane(1);
    SlicePlane cut = coronal.volume().plane(3);
    robot.interact(
        () -> {
          window.studies().addReformat(acquired, planes, coronal);
          measure(coronal.id(), cut, new Pixel(2, 2), new Pixel(8, 2));
        });
    Label said = robot.lookup("#status-text").queryAs(Label.class);
    Path none = folder.resolve("none");
    chosen = List.of(none);
    command(robot, "exportAnnotations");
    String nothing = Texts.of("export.leftOut", Texts.of("export.noneWritten"), 1);
    until(() -> said.getText().equals(nothing));
    assertFalse(Files.exists(none));
    robot.interact(() -> measure(DicomStudy.SERIES, axial, new Pixel(2, 2), new Pixel(8, 2)));
    Path out = folder.resolve("out");
    chosen = List.of(out);
    command(robot, "exportAnnotations");
    String some = Texts.of("export.leftOut", Texts.of("export.done", out + " (2)"), 1);
    until(() -> said.getText().equals(some));
    assertTrue(Files.exists(out.resolve("SR0001.dcm")));
  }

  @Test
  void aPaneOfNiftiDoesNotKeepTheOthersFromBeingWritten(FxRobot robot) throws Exception {
    Path study = DicomStudy.write(folder.resolve("study"), 3, 16, 2);
    Path nifti = folder.resolve("T2.nii.gz");
    double[][] affine = {{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 3, 0}, {0, 0, 0, 1}};
    NiftiWriter.write(nifti, NiftiImage.of(List.of(new Image2(16, 16)), affine, 1));
    robot.interact(() -> window.closeStudies());
    robot.interact(() -> window.open(List.of(study, nifti)));
    until(() -> window.studies().series().size() == 2 && !window.opening());
    Series other =
        window.studies().series().stream()
            .map(OpenSeries::series)
            .filter(s -> !s.id().equals(DicomStudy.SERIES))
            .findFirst()
            .orElseThrow();
    robot.interact(
        () -> {
          window.grid().layoutProperty().set(PaneLayout.TWO);
          pane(1).show(other, "");
        });
    until(() -> pane(0).geometry() != null && pane(1).geometry() != null);
    Path out = folder.resolve("out");
    chosen = List.of(out);
    command(robot, "exportViews");
    Label said = robot.lookup("#status-text").queryAs(Label.class);
    String some = Texts.of("export.leftOut", Texts.of("export.done", out + " (1)"), 1);
    until(() -> said.getText().equals(some));
  }

  /** Adds a length between two pixels of a plane. */
  private void measure(String series, SlicePlane on, Pixel from, Pixel to) {
    window
        .tools()
        .annotations()
        .add(
            Measurement.of(
                MeasurementKind.LENGTH,
                series,
                DicomStudy.FRAME,
                List.of(
                    on.toPatient(from.column(), from.row()), on.toPatient(to.column(), to.row()))));
  }

  @Test
  void savesTheSuperResolvedSeriesAndWhatIsMarked(FxRobot robot) throws Exception {
    Path study = DicomStudy.write(folder.resolve("study"), 2, 48, 1);
    robot.interact(() -> window.closeStudies());
    robot.interact(() -> window.open(List.of(study)));
    until(() -> pane(0).seriesProperty().get() != null);
    until(() -> engine.model().get() != null);
    robot.interact(() -> PaneActions.zoomTo(pane(0), 2));
    Path out = folder.resolve("series");
    chosen = List.of(out);
    command(robot, "exportSeries");
    robot.interact(() -> robot.lookup("#export-save").queryButton().fire());
    Label said = robot.lookup("#status-text").queryAs(Label.class);
    until(() -> said.getText().contains(out + " (2)"));
    DicomDataset d =
        DicomReader.builtIn().read(Files.readAllBytes(out.resolve("IM0001.dcm"))).dataset();
    assertEquals("DERIVED", d.string(Tag.IMAGE_TYPE));
    assertEquals(DicomStudy.STUDY, d.string(Tag.STUDY_INSTANCE_UID));
    assertEquals(96, d.integer(Tag.COLUMNS, 0));
    assertEquals(0.5, d.numbers(Tag.PIXEL_SPACING)[0]);

    // What the pane shows of one slice, in one object, compressed.
    int shown = pane(0).pixelWidth();
    robot.interact(() -> PaneActions.zoomTo(pane(0), shown / 24.0));
    Path part = folder.resolve("part");
    chosen = List.of(part);
    command(robot, "exportSeries");
    robot.interact(
        () -> {
          choice(robot, "#export-slices").setValue(false);
          choice(robot, "#export-part").setValue(true);
          choice(robot, "#export-object").setValue(true);
          robot
              .lookup("#export-pixels")
              .<ChoiceBox<PixelCompression>>queryAs(box())
              .setValue(PixelCompression.JPEG_LS);
          robot.lookup("#export-save").queryButton().fire();
        });
    until(() -> said.getText().contains(part + " (1)"));
    DicomFile file = DicomReader.builtIn().read(Files.readAllBytes(part.resolve("IM0001.dcm")));
    assertEquals(PixelCompression.JPEG_LS.syntax(), file.syntax());
    Frame frame = FrameReader.read(file).get(0);
    // A sixteenth of the width at most is zoomed to, and written at four times the pixels.
    double width = shown / Math.min(16, shown / 24.0);
    assertEquals(4 * width, frame.image().width(), 5);
    assertEquals(0.25, frame.plane().columnSpacing(), 1e-6);
    Vec3 middle = window.studies().series().get(0).series().volume().plane(1).centre();
    assertEquals(middle.x(), frame.plane().centre().x(), 1);

    command(robot, "keyImage");
    Path marked = folder.resolve("marked");
    chosen = List.of(marked);
    command(robot, "exportAnnotations");
    until(() -> said.getText().contains(marked + " (2)"));
    try (Stream<Path> files = Files.list(marked)) {
      assertEquals(
          List.of("KO0001.dcm", "PR0002.dcm"),
          files.map(f -> f.getFileName().toString()).sorted().toList());
    }
  }
}
