package org.loupe.viewer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import javafx.scene.control.Label;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.dicom.MrSeries;
import org.loupe.dicom.MrSeriesWriter;
import org.loupe.dicom.TransferSyntax;
import org.loupe.image.Image2;
import org.loupe.image.SlicePlane;
import org.loupe.image.Vec3;
import org.loupe.image.Volume;
import org.loupe.study.Loaded;
import org.loupe.study.Progress;
import org.loupe.study.StudyLoader;
import org.loupe.viewer.study.StudyOpener;
import org.loupe.viewer.viewport.Comparison;
import org.loupe.viewer.viewport.ImagePane;
import org.loupe.viewer.viewport.Windows;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** Slices that are read when they are shown, after something happened to their files. */
class VanishedFileTest extends WindowTest {

  private static final int SIZE = 64;

  @TempDir Path folder;

  @Start
  @Override
  void start(Stage primary) throws Exception {
    super.start(primary);
  }

  /** Three slices of a series with echo and repetition time of a T2, pixels not read yet. */
  private Loaded onDemand() throws IOException {
    List<SlicePlane> planes =
        IntStream.range(0, 3)
            .mapToObj(
                k ->
                    new SlicePlane(
                        new Vec3(0, 0, 4.0 * k), new Vec3(1, 0, 0), new Vec3(0, 1, 0), SIZE, SIZE))
            .toList();
    List<Image2> slices =
        IntStream.range(0, 3)
            .mapToObj(
                k -> {
                  float[] values = new float[SIZE * SIZE];
                  Arrays.fill(values, SIZE, values.length, 1000 + k);
                  return new Image2(values, SIZE, SIZE);
                })
            .toList();
    MrSeriesWriter.write(
        folder,
        new MrSeries(
            new Volume(planes, slices),
            new MrSeries.Patient("Nobody", "1", "", ""),
            new MrSeries.StudyInfo("2.25.1", "20260101", "120000", ""),
            new MrSeries.Identity("2.25.2", 1, "t2", "HEAD", "2.25.3", null, "Loupe"),
            new MrSeries.Acquisition(
                List.of("SE"), List.of("NONE"), 4000, 90, Double.NaN, 1, 1, 4, false),
            null),
        TransferSyntax.EXPLICIT_LE);
    return new StudyLoader().index(List.of(folder), Progress.NONE).loaded();
  }

  @Test
  void aVanishedOrChangedFileIsSaidInThePane(FxRobot robot) throws Exception {
    Loaded loaded = StudyOpener.oriented(onDemand());
    // Gone before anything was shown: the middle slice, which comes first.
    Files.delete(folder.resolve("IM0002.dcm"));
    Path changed = folder.resolve("IM0001.dcm");
    Files.write(changed, new byte[100], java.nio.file.StandardOpenOption.APPEND);
    robot.interact(() -> window.opened(loaded));
    WaitForAsyncUtils.waitForFxEvents();
    ImagePane pane = pane(0);
    Label message = robot.from(pane).lookup("#pane-message").queryAs(Label.class);
    assertEquals("This slice cannot be read: IM0002.dcm: no such file", onFx(message::getText));
    assertTrue(onFx(message::isVisible));
    assertNull(onFx(pane::slice));
    assertTrue(onFx(() -> Arrays.stream(pane.pixels()).allMatch(p -> p == 0xff000000)));
    // Pointer, presets, key image and lens find no slice and do not mind.
    robot.moveTo(pane);
    command(robot, "windowOfView");
    command(robot, "window." + Windows.AUTO);
    command(robot, "probe");

    // The slices beside it are shown, and the message goes.
    command(robot, "nextSlice");
    until(() -> pane.geometry() != null);
    assertFalse(onFx(message::isVisible));
    assertNotNull(onFx(pane::slice));
    assertTrue(onFx(() -> Arrays.stream(pane.pixels()).anyMatch(p -> p != 0xff000000)));

    // One that was written anew since is not taken for what was opened.
    robot.interact(
        () -> {
          pane.comparisonProperty().set(Comparison.ORIGINAL);
          pane.change(s -> s.withSlice(0));
        });
    until(() -> message.getText().contains("it has changed since it was opened"));
  }
}
