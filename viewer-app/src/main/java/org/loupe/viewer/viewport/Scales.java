package org.loupe.viewer.viewport;

import org.loupe.image.Window;
import org.loupe.viewer.Texts;

/** Which colour bar a pane needs: of its map, its difference, or its own colours. */
final class Scales {

  private Scales() {}

  /** The scale for a pane's settings; null where grey needs none. */
  static ColourBar.Scale of(PaneSettings settings, Compared compared, Window window) {
    Overlay overlay = settings.overlayProperty().get();
    if (overlay == Overlay.EXPECTED_ERROR || overlay == Overlay.GUIDANCE) {
      return new ColourBar.Scale(
          Texts.of("overlay." + overlay),
          ColourMap.INFERNO.table(false),
          0,
          Ranges.of(overlay, window),
          Texts.of("unit.signal"));
    }
    if (overlay == Overlay.ADDED) {
      return signed(Texts.of("overlay.ADDED"), Ranges.of(overlay, window), "unit.signal");
    }
    if (compared.comparison() == Comparison.DIFFERENCE) {
      PicturePair pair = compared.pair();
      String title =
          Texts.of(
              "comparison.minus",
              Texts.of("picture." + pair.second()),
              Texts.of("picture." + pair.first()));
      String unit = pair.has(Picture.OTHER) ? "unit.window" : "unit.signal";
      return signed(title, Ranges.difference(window, pair), unit);
    }
    boolean inverted = settings.invertedProperty().get();
    ColourMap map = settings.coloursProperty().get();
    if (map == ColourMap.GREY && !inverted) {
      return null;
    }
    return new ColourBar.Scale(
        Texts.of("colours." + map),
        map.table(inverted),
        window.centre() - window.width() / 2,
        window.centre() + window.width() / 2,
        Texts.of("unit.signal"));
  }

  private static ColourBar.Scale signed(String title, double range, String unit) {
    return new ColourBar.Scale(title, ColourMap.SIGNED.table(false), -range, range, Texts.of(unit));
  }
}
