package org.loupe.viewer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import javafx.scene.control.Label;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.loupe.viewer.viewport.Overlay;
import org.loupe.viewer.viewport.Picture;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** What the reference did to the picture, in the window, with the real engine. */
class TrustTest extends WindowTest {

  @Start
  @Override
  void start(Stage primary) throws Exception {
    super.start(primary);
  }

  private String badge() {
    return String.join("\n", pane(0).badgeProperty().get().lines());
  }

  @Test
  void thePictureWithoutTheReferenceIsAnotherOneAndSaysSo(FxRobot robot) throws Exception {
    resolved(robot, "3.3");
    int[] guided = onFx(() -> pane(0).pixels());
    command(robot, "unguided");
    untilResolved();
    assertEquals(Texts.of("badge.shown.UNGUIDED"), pane(0).badgeProperty().get().headline());
    assertTrue(badge().contains(Texts.of("badge.leftOut")), badge());
    assertFalse(Arrays.equals(guided, onFx(() -> pane(0).pixels())));
    command(robot, "unguided");
    untilResolved();
    assertTrue(Arrays.equals(guided, onFx(() -> pane(0).pixels())));
  }

  @Test
  void theGuidanceMapHasItsScaleAndLiesWhereTheReferenceChangedSomething(FxRobot robot)
      throws Exception {
    resolved(robot, "3.3");
    int[] plain = onFx(() -> pane(0).pixels());
    command(robot, "guidance");
    assertEquals(Overlay.GUIDANCE, pane(0).settings().overlayProperty().get());
    untilResolved();
    Label title =
        robot
            .from(robot.from(pane(0)).lookup("#colour-bar").queryParent())
            .lookup((Label l) -> l.getText().startsWith(Texts.of("overlay.GUIDANCE")))
            .query();
    assertTrue(title.getText().contains(Texts.of("unit.signal")), title.getText());
    int[] mapped = onFx(() -> pane(0).pixels());
    int changed = 0;
    for (int i = 0; i < plain.length; i++) {
      changed += plain[i] != mapped[i] ? 1 : 0;
    }
    assertTrue(changed > 0 && changed < plain.length, changed + " of " + plain.length);
    command(robot, "guidance");
    assertTrue(Arrays.equals(plain, onFx(() -> pane(0).pixels())));
  }

  @Test
  void whatOnlyTheReferenceShowsIsLookedForOnDemand(FxRobot robot) throws Exception {
    resolved(robot, "3.3");
    assertNull(onFx(() -> pane(0).referenceOnly()));
    command(robot, "referenceOnly");
    until(() -> pane(0).settled() && pane(0).referenceOnly() != null);
    int places = onFx(() -> pane(0).referenceOnly().size());
    String said =
        places == 0 ? Texts.of("badge.referenceOnlyNone") : Texts.of("badge.referenceOnly", places);
    assertTrue(badge().contains(said), badge());
    assertEquals(places, robot.from(pane(0)).lookup(".reference-mark").queryAll().size());
    command(robot, "referenceOnly");
    assertNull(onFx(() -> pane(0).referenceOnly()));
    assertEquals(Picture.RESOLVED, pane(0).settings().resolvedProperty().get());
  }
}
