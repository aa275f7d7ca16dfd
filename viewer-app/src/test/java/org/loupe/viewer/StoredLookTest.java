package org.loupe.viewer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.layout.Pane;
import javafx.scene.shape.Polyline;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.loupe.image.Contrast;
import org.loupe.image.Image2;
import org.loupe.image.Interpolation;
import org.loupe.image.Vec3;
import org.loupe.viewer.study.OpenSeries;
import org.loupe.viewer.viewport.PaneGeometry;
import org.loupe.viewer.viewport.Probe;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/**
 * Presentation states of another program (pydicom) in the real window, against what numpy makes of
 * the same arrays; {@code states/make_states.py} wrote them.
 */
class StoredLookTest extends WindowTest {

  private static final String STATES = "/org/loupe/viewer/states/";

  @TempDir Path folder;

  @Start
  @Override
  void start(Stage primary) throws Exception {
    super.start(primary);
  }

  /** Opens a series with states and waits for the newest, the last one. */
  private void open(FxRobot robot, String series, String... states) throws Exception {
    copy(series + "0");
    copy(series + "1");
    for (String state : states) {
      copy(state);
    }
    robot.interact(
        () -> {
          window.closeStudies();
          pane(0).settings().kernelProperty().set(Interpolation.NEAREST);
        });
    robot.interact(() -> window.open(List.of(folder)));
    shown(robot, states[states.length - 1]);
  }

  private void copy(String name) throws IOException {
    try (var in = StoredLookTest.class.getResourceAsStream(STATES + name + ".dcm")) {
      Files.copy(in, folder.resolve(name + ".dcm"));
    }
  }

  private void shown(FxRobot robot, String state) throws Exception {
    Label said = robot.lookup("#status-text").queryAs(Label.class);
    until(
        () ->
            said.getText().contains("“" + state + "”")
                && pane(0).geometry() != null
                && pane(0).painted());
  }

  private static JsonNode expected(String state) throws IOException {
    try (var in = StoredLookTest.class.getResourceAsStream(STATES + "expected.json")) {
      return new ObjectMapper().readTree(in).path(state);
    }
  }

  private void assertShown(String state) throws IOException {
    JsonNode want = expected(state);
    assertEquals(want.path("slice").asInt(), onFx(() -> pane(0).stateProperty().get().slice()));
    Image2 image = onFx(() -> pane(0).slice());
    JsonNode rows = want.path("shown");
    assertEquals(rows.size(), image.height());
    for (int r = 0; r < rows.size(); r++) {
      float[] row = new float[rows.get(r).size()];
      float[] is = new float[image.width()];
      for (int c = 0; c < row.length; c++) {
        row[c] = rows.get(r).get(c).asInt();
        is[c] = image.at(c, r);
      }
      assertArrayEquals(row, is, state + ", row " + r);
    }
  }

  /** Letters at the left, right, top and bottom edge. */
  private String letters() {
    return onFx(
        () ->
            pane(0).lookupAll(".pane-orientation").stream()
                .map(n -> ((Labeled) n).getText())
                .collect(Collectors.joining()));
  }

  /** Axial images, of which b is stored mirrored. */
  @ParameterizedTest
  @CsvSource({
    "a, plain, RLAP",
    "a, rot90, PARL",
    "a, rot180, LRPA",
    "a, rot270, APLR",
    "a, flip, LRAP",
    "a, rot90flip, APRL",
    "a, rot270flip, PALR",
    "b, stored, LRAP"
  })
  void arraysLieAsTheStateSays(String series, String state, String edges, FxRobot robot)
      throws Exception {
    open(robot, series, state);
    assertShown(state);
    assertEquals(edges, letters());
    // The whole image is in the pane, as large as it can be.
    PaneGeometry g = onFx(() -> pane(0).geometry());
    assertTrue(g.deviceX(-0.5) >= -1 && g.deviceY(-0.5) >= -1);
    assertTrue(g.deviceX(g.plane().columns() - 0.5) <= g.view().width() + 1);
    assertTrue(g.deviceY(g.plane().rows() - 0.5) <= g.view().height() + 1);
    // A place of the patient is where its pixel is: row 0, column 5 of the array as it is stored.
    int slice = expected(state).path("slice").asInt();
    Vec3 place = new Vec3(series.equals("a") ? 10 : 0, 0, 5 * slice);
    Probe probe =
        onFx(
            () -> {
              pane(0).pointAtPatient(place);
              return pane(0).probe();
            });
    assertEquals(100 * slice + 5, probe.original());
  }

  /** A turned pane stays so when the series is looked at anew, and the next state turns it back. */
  @Test
  void staysUntilSomethingElseIsShown(FxRobot robot) throws Exception {
    open(robot, "a", "plain", "rot90");
    assertShown("rot90");
    OpenSeries open = onFx(() -> window.studies().series().get(0));
    robot.interact(() -> window.studies().chooseContrast(open, Contrast.PD));
    until(() -> pane(0).seriesProperty().get().contrast() == Contrast.PD && pane(0).painted());
    assertShown("rot90");
    command(robot, "storedView");
    shown(robot, "plain");
    assertShown("plain");
    assertEquals("RLAP", letters());
  }

  @Test
  void aTableBendsTheGreyScale(FxRobot robot) throws Exception {
    open(robot, "a", "table");
    assertShown("table");
    assertEquals(0, grey(5, 1)); // 115
    assertEquals(0xff, grey(0, 2)); // 120
    assertEquals(0xff, grey(5, 2)); // 125
    assertEquals(0x80, grey(0, 3), 1); // 130
  }

  /** Grey level on the screen in the middle of a pixel of the shown array. */
  private int grey(int column, int row) {
    return onFx(
        () -> {
          PaneGeometry g = pane(0).geometry();
          int x = (int) Math.round(g.deviceX(column));
          int y = (int) Math.round(g.deviceY(row));
          return pane(0).pixels()[y * pane(0).pixelWidth() + x] & 0xff;
        });
  }

  /** What is drawn turns with the image; what cannot be shown is told. */
  @Test
  void saysWhatOfAStateIsNotShown(FxRobot robot) throws Exception {
    open(robot, "a", "partly");
    assertShown("partly");
    assertTrue(onFx(() -> pane(0).settings().invertedProperty().get()));
    Label said = robot.lookup("#status-text").queryAs(Label.class);
    assertTrue(said.getText().endsWith(Texts.of("views.part.SHUTTER")), said.getText());
    // Along the first row of the image, which is the right edge of the screen now, downwards.
    until(() -> drawn().size() == 2);
    Polyline line = onFx(() -> drawn().get(0));
    List<Double> p = line.getPoints();
    assertEquals(p.get(0), p.get(2), 1e-6);
    assertTrue(p.get(1) < p.get(3));
    Vec3 from = onFx(() -> pane(0).coordinates().toPatient(p.get(0), p.get(1)));
    Vec3 to = onFx(() -> pane(0).coordinates().toPatient(p.get(2), p.get(3)));
    assertEquals(0, from.minus(new Vec3(0, 0, 5)).length(), 1e-6);
    assertEquals(0, to.minus(new Vec3(10, 0, 5)).length(), 1e-6);
    // A curve is smooth and goes through its three points.
    List<Double> c = onFx(() -> drawn().get(1).getPoints());
    assertEquals(2 * 17, c.size());
    Vec3 middle = onFx(() -> pane(0).coordinates().toPatient(c.get(16), c.get(17)));
    assertEquals(0, middle.minus(new Vec3(6, 2, 5)).length(), 1e-6);
    Vec3 quarter = onFx(() -> pane(0).coordinates().toPatient(c.get(8), c.get(9)));
    assertTrue(quarter.y() < 4 - 0.1, "it bulges beyond the straight line's middle: " + quarter);
  }

  private List<Polyline> drawn() {
    return pane(0).lookup("#saved-view") instanceof Pane p
        ? p.getChildren().stream().map(n -> (Polyline) n).toList()
        : List.of();
  }
}
