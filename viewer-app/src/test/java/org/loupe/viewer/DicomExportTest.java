package org.loupe.viewer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javafx.scene.control.Label;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.dicom.DicomDataset;
import org.loupe.dicom.DicomReader;
import org.loupe.dicom.Tag;
import org.loupe.viewer.tool.PaneActions;
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
    Label said = robot.lookup("#status-text").queryAs(Label.class);
    until(() -> said.getText().contains(out + " (2)"));
    DicomDataset d =
        DicomReader.builtIn().read(Files.readAllBytes(out.resolve("IM0001.dcm"))).dataset();
    assertEquals("DERIVED", d.string(Tag.IMAGE_TYPE));
    assertEquals(DicomStudy.STUDY, d.string(Tag.STUDY_INSTANCE_UID));
    assertEquals(96, d.integer(Tag.COLUMNS, 0));
    assertEquals(0.5, d.numbers(Tag.PIXEL_SPACING)[0]);

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
