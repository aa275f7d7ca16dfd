package org.loupe.viewer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.scene.text.Text;
import javafx.stage.Stage;
import javafx.stage.Window;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.dicom.Code;
import org.loupe.dicom.DatasetBuilder;
import org.loupe.dicom.DicomWriter;
import org.loupe.dicom.FrameTags;
import org.loupe.dicom.Tag;
import org.loupe.dicom.TransferSyntax;
import org.loupe.dicom.derived.DerivedSegmentation;
import org.loupe.dicom.derived.Processing;
import org.loupe.dicom.derived.SourceImage;
import org.loupe.image.Image2;
import org.loupe.image.SlicePlane;
import org.loupe.image.Vec3;
import org.loupe.study.Progress;
import org.loupe.study.SegmentationOverlay;
import org.loupe.study.StudyLoader;
import org.loupe.viewer.export.PanePicture;
import org.loupe.viewer.study.FileChoosing;
import org.loupe.viewer.viewport.SrService;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** Segmentations over the images of the real window: a lesion at the spot of the test study. */
class SegmentsTest extends WindowTest {

  private static final int RED = 0xffff0000;
  private static final int BLUE = 0xff0000ff;

  private static final Vec3 LESION = new Vec3(TestStudy.SPOT_X, TestStudy.SPOT_Y, 5);
  private static final Vec3 CYST = new Vec3(-25, 20, 5);
  private static final double RADIUS = 8;

  @TempDir Path folder;

  /** What the save dialog answers. */
  private Path saved;

  @Start
  @Override
  void start(Stage primary) throws Exception {
    super.start(primary);
  }

  @Override
  MainWindow make(SrService service, FileChoosing files, Milestones silent) throws Exception {
    FileChoosing saving =
        new FileChoosing() {
          @Override
          public List<Path> files(Window owner) {
            return chosen;
          }

          @Override
          public List<Path> folder(Window owner) {
            return chosen;
          }

          @Override
          public Optional<Path> save(Window owner, String name) {
            return Optional.ofNullable(saved);
          }
        };
    return super.make(service, saving, silent);
  }

  /** Balls of a radius about two places on the planes of the study that they reach. */
  private Path written(boolean binary) throws IOException {
    return written(binary, "frame", "seg.dcm");
  }

  private Path written(boolean binary, String frameOfReference, String name) throws IOException {
    List<DerivedSegmentation.Plane> planes = new ArrayList<>();
    SourceImage source =
        new SourceImage(
            FrameTags.of(
                new DatasetBuilder()
                    .text(Tag.STUDY_INSTANCE_UID, "2.25.7")
                    .text(Tag.FRAME_OF_REFERENCE_UID, frameOfReference)
                    .build(),
                0),
            "1.2.840.10008.5.1.4.1.1.4",
            "2.25.8",
            0,
            false);
    for (int k = 0; k < 6; k++) {
      SlicePlane plane = TestStudy.loaded().allSeries().get(0).volume().plane(k);
      List<Image2> balls = List.of(ball(plane, LESION, binary), ball(plane, CYST, binary));
      planes.add(new DerivedSegmentation.Plane(plane, balls, List.of(source)));
    }
    Code abnormal = Code.sct("49755003", "Morphologically Abnormal Structure");
    List<DerivedSegmentation.Segment> segments =
        List.of(
            new DerivedSegmentation.Segment(
                "Plaque",
                abnormal,
                Code.sct("52988006", "Lesion"),
                new double[] {54.29, 80.81, 69.89}),
            new DerivedSegmentation.Segment(
                "Cyst_1",
                abnormal,
                Code.sct("441457006", "Cyst"),
                new double[] {29.57, 68.30, -112.03}));
    Path file = folder.resolve(name);
    DicomWriter.write(
        file,
        DerivedSegmentation.dataset(
            segments, planes, binary, Processing.now("test", "1", Map.of(), "CPU")),
        TransferSyntax.EXPLICIT_LE);
    return file;
  }

  private static Image2 ball(SlicePlane plane, Vec3 centre, boolean binary) {
    Image2 image = new Image2(plane.columns(), plane.rows());
    for (int r = 0; r < plane.rows(); r++) {
      for (int c = 0; c < plane.columns(); c++) {
        double d = plane.toPatient(c, r).minus(centre).length();
        double part = Math.clamp(1.5 - d / RADIUS, 0, 1);
        image.values()[r * plane.columns() + c] = binary ? Math.round(part) : (float) part;
      }
    }
    return image;
  }

  /** Opens it and waits for it on the slice of its middle. */
  private void open(FxRobot robot, boolean binary) throws Exception {
    Path file = written(binary);
    robot.interact(() -> window.open(List.of(file)));
    robot.interact(() -> pane(0).change(s -> s.withSlice(3)));
    until(() -> drawn());
  }

  private boolean drawn() {
    return pane(0).painted() && pane(0).lookup("#segments").isVisible();
  }

  private BufferedImage picture() {
    return onFx(() -> PanePicture.of(pane(0), true));
  }

  /** Least and greatest x and y, and z, in the patient of the pixels of a colour; null for none. */
  private double[] extent(int colour) {
    BufferedImage image = picture();
    return onFx(
        () -> {
          double[] box = null;
          for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
              if (image.getRGB(x, y) == colour) {
                Vec3 p = pane(0).geometry().patientAt(x, y);
                box = box == null ? new double[] {p.x(), p.x(), p.y(), p.y()} : box;
                box[0] = Math.min(box[0], p.x());
                box[1] = Math.max(box[1], p.x());
                box[2] = Math.min(box[2], p.y());
                box[3] = Math.max(box[3], p.y());
              }
            }
          }
          return box;
        });
  }

  private static double[] around(Vec3 p) {
    return new double[] {p.x() - RADIUS, p.x() + RADIUS, p.y() - RADIUS, p.y() + RADIUS};
  }

  private static void assertNear(double[] expected, double[] actual, double tolerance) {
    for (int n = 0; n < expected.length; n++) {
      assertEquals(expected[n], actual[n], tolerance, Arrays.toString(actual));
    }
  }

  @Test
  void outlinesAndLightFillLieWhereTheSegmentsAre(FxRobot robot) throws Exception {
    int before = argb(LESION);
    open(robot, true);
    assertNear(around(LESION), extent(RED), 1);
    assertNear(around(CYST), extent(BLUE), 1);
    // The middle shows through its fill.
    int now = argb(LESION);
    assertTrue((now >> 16 & 255) - (now & 255) > 20, Integer.toHexString(now));
    assertTrue((now & 255) > 0.7 * (before & 255), Integer.toHexString(now));
    // A thin line: about a circle's length of pixels.
    int pixels = 0;
    BufferedImage image = picture();
    for (int n = 0; n < image.getWidth() * image.getHeight(); n++) {
      pixels += image.getRGB(n % image.getWidth(), n / image.getWidth()) == RED ? 1 : 0;
    }
    double round = 2 * Math.PI * RADIUS / onFx(() -> pane(0).stateProperty().get().mmPerPixel());
    assertEquals(round, pixels, 0.4 * round);
    // Zoomed, it is where it was.
    robot.interact(
        () -> {
          pane(0)
              .change(
                  s -> s.withCentre(pane(0).plane().toPixel(LESION)).withZoom(pane(0).plane(), 11));
        });
    until(() -> drawn());
    assertNear(around(LESION), extent(RED), 1);
    // Turned about, too.
    robot.interact(() -> pane(0).turn(new Vec3(0, 1, 0), new Vec3(1, 0, 0)));
    until(() -> drawn());
    assertNear(around(LESION), extent(RED), 1);
  }

  private int argb(Vec3 place) {
    BufferedImage image = picture();
    return onFx(
        () -> {
          var at = pane(0).coordinates().toPane(place);
          return image.getRGB((int) at.getX(), (int) at.getY());
        });
  }

  @Test
  void aCommandHidesThemAndABoxHidesOne(FxRobot robot) throws Exception {
    open(robot, true);
    command(robot, "segments");
    assertEquals(null, extent(RED));
    command(robot, "segments");
    until(() -> drawn());
    assertNear(around(LESION), extent(RED), 1);
    command(robot, "panel.segments");
    until(() -> drawn() && box(robot, "Cyst_1") != null);
    robot.clickOn(box(robot, "Cyst_1"));
    until(() -> drawn() && !box(robot, "Cyst_1").isSelected());
    assertEquals(null, extent(BLUE));
    assertNear(around(LESION), extent(RED), 1);
    assertTrue(box(robot, "TISSUES").isIndeterminate());
    robot.clickOn(box(robot, "TISSUES"));
    until(() -> drawn() && box(robot, "Cyst_1").isSelected());
    assertNear(around(CYST), extent(BLUE), 1);
    // Volume of the ball.
    double ml = 4.0 / 3 * Math.PI * RADIUS * RADIUS * RADIUS / 1000;
    until(() -> !volume(robot).isEmpty());
    assertEquals(ml, Double.parseDouble(volume(robot).replace(" ml", "")), 0.15 * ml);
    // Choosing one goes to its slice.
    robot.interact(() -> pane(0).change(s -> s.withSlice(0)));
    Label plaque =
        robot
            .lookup("#segment-list .label")
            .match((Label l) -> l.getText().endsWith(" ml"))
            .query();
    robot.clickOn(plaque);
    until(() -> pane(0).stateProperty().get().slice() == 3);
    robot.interact(window::closeStudies);
    assertEquals(List.of(), onFx(() -> window.tools().segmentations().open()));
  }

  /** By the name as it stands on the screen. */
  private static CheckBox box(FxRobot robot, String text) {
    return robot
        .lookup("#segment-list .check-box")
        .match((CheckBox b) -> b.isVisible() && ((Text) b.lookup(".text")).getText().equals(text))
        .<CheckBox>tryQuery()
        .orElse(null);
  }

  private static String volume(FxRobot robot) {
    Label label = volumeLabel(robot);
    return label == null ? "" : label.getText();
  }

  private static Label volumeLabel(FxRobot robot) {
    return robot
        .lookup("#segment-list .label")
        .match((Label l) -> l.getText().endsWith(" ml"))
        .<Label>tryQuery()
        .orElse(null);
  }

  /** A click goes there every time; what else changes the list's selection does not. */
  @Test
  void onlyTheUserGoesToASegment(FxRobot robot) throws Exception {
    open(robot, true);
    command(robot, "panel.segments");
    until(() -> !volume(robot).isEmpty());
    ListView<?> list = robot.lookup("#segment-list").queryListView();
    for (int times = 0; times < 2; times++) {
      robot.interact(() -> pane(0).change(s -> s.withSlice(0)));
      robot.clickOn(volumeLabel(robot));
      until(() -> slice() == 3);
    }
    robot.interact(() -> pane(0).change(s -> s.withSlice(0)));
    Path other = written(true, "frame", "other.dcm");
    robot.interact(() -> window.open(List.of(other)));
    until(() -> onFx(() -> list.getItems().size()) == 6);
    robot.interact(() -> list.getSelectionModel().select(2));
    assertEquals(0, slice());
    robot.interact(list::requestFocus);
    robot.push(KeyCode.ENTER);
    until(() -> slice() == 3);
  }

  private int slice() {
    return onFx(() -> pane(0).stateProperty().get().slice());
  }

  @Test
  void thoseOfAnotherFrameOfReferenceAreToldApart(FxRobot robot) throws Exception {
    Path file = written(true, "elsewhere", "elsewhere.dcm");
    robot.interact(() -> window.open(List.of(file)));
    until(() -> !onFx(() -> window.tools().segmentations().open()).isEmpty());
    until(() -> said().equals(Texts.of("segments.elsewhere", 1)));
    command(robot, "panel.segments");
    until(() -> frameLabel(robot, 1));
    open(robot, true);
    until(() -> onFx(() -> window.tools().segmentations().open().size()) == 2);
    until(() -> said().equals(Texts.of("segments.opened", 1)));
    until(() -> frameLabel(robot, 1));
  }

  private String said() {
    return onFx(() -> ((Label) window.root().lookup("#status-text")).getText());
  }

  /** Whether this many segmentations are said to be elsewhere. */
  private static boolean frameLabel(FxRobot robot, int count) {
    return robot
            .lookup("#segment-list .label")
            .match((Label l) -> l.getText().equals(Texts.of("segments.otherFrame")))
            .queryAll()
            .size()
        == count;
  }

  /** While frames are decoded the pane has not settled, and pictures with marks wait for them. */
  @Test
  void picturesWaitForSegments(FxRobot robot) throws Exception {
    List<SegmentationOverlay> found =
        new StudyLoader().open(List.of(written(true)), Progress.NONE, soFar -> {}).segmentations();
    robot.interact(() -> pane(0).change(s -> s.withSlice(3)));
    until(() -> pane(0).settled());
    saved = folder.resolve("picture.png");
    robot.interact(
        () -> {
          window.tools().segmentations().add(found);
          assertEquals(pane(0).lookup("#segments").isVisible(), pane(0).settled());
          window.commands().stream()
              .filter(c -> c.id().equals("export"))
              .forEach(c -> c.action().run());
        });
    until(() -> Files.exists(saved) && pane(0).settled());
    BufferedImage picture = ImageIO.read(saved.toFile());
    int red = 0;
    for (int n = 0; n < picture.getWidth() * picture.getHeight(); n++) {
      red += picture.getRGB(n % picture.getWidth(), n / picture.getWidth()) == RED ? 1 : 0;
    }
    assertTrue(red > 20, red + " pixels of the outline");
  }

  @Test
  void thePointerNamesThem(FxRobot robot) throws Exception {
    open(robot, false);
    Label probe = (Label) onFx(() -> pane(0).lookup("#probe"));
    robot.interact(() -> pane(0).pointAtPatient(LESION));
    assertTrue(probe.getText().endsWith("\nPlaque 1.00"), probe.getText());
    robot.interact(() -> pane(0).pointAtPatient(LESION.plus(new Vec3(RADIUS, 0, 0))));
    assertTrue(probe.getText().contains("\nPlaque 0.5"), probe.getText());
    robot.interact(() -> pane(0).pointAtPatient(new Vec3(0, 0, 5)));
    assertFalse(probe.getText().contains("Plaque"), probe.getText());
    robot.interact(() -> pane(0).pointAtPatient(LESION));
    command(robot, "segments");
    assertFalse(probe.getText().contains("Plaque"), probe.getText());
  }

  @Test
  void otherPlanesAndExportsShowThem(FxRobot robot) throws Exception {
    open(robot, true);
    int[] plain = onFx(() -> pane(0).pixels());
    assertTrue(Arrays.stream(plain).noneMatch(p -> p == RED));
    BufferedImage bare = onFx(() -> PanePicture.of(pane(0), false));
    assertTrue(
        Arrays.stream(
                bare.getRGB(0, 0, bare.getWidth(), bare.getHeight(), null, 0, bare.getWidth()))
            .noneMatch(p -> p == RED));
    command(robot, "plane.coronal");
    until(() -> !window.busy() && !pane(0).seriesProperty().get().id().equals("t2"));
    robot.interact(
        () ->
            pane(0)
                .change(
                    s ->
                        s.withSlice(pane(0).seriesProperty().get().volume().nearestSlice(LESION))));
    until(() -> drawn());
    double[] box = extent(RED);
    assertEquals(LESION.x() - RADIUS, box[0], 1.5);
    assertEquals(LESION.x() + RADIUS, box[1], 1.5);
    assertEquals(null, extent(BLUE));
  }

  @Test
  void aBrokenOneIsToldAndNotShown(FxRobot robot) throws Exception {
    Path file = written(true);
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 500));
    robot.interact(() -> window.open(List.of(file)));
    until(() -> window.studies().problems().size() == 1);
    assertTrue(
        window.studies().problems().get(0).reason().startsWith("truncated"),
        window.studies().problems().toString());
    assertFalse(onFx(() -> pane(0).lookup("#segments").isVisible()));
    assertEquals(List.of(), onFx(() -> window.tools().segmentations().open()));
  }
}
