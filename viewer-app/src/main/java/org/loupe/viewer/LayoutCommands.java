package org.loupe.viewer;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.loupe.study.Series;
import org.loupe.viewer.layout.HangingProtocol;
import org.loupe.viewer.layout.HangingProtocols;
import org.loupe.viewer.layout.PaneLayout;
import org.loupe.viewer.layout.PriorHanging;
import org.loupe.viewer.panel.ObliquePanel;
import org.loupe.viewer.study.Reformat;
import org.loupe.viewer.tool.Command;
import org.loupe.viewer.tool.PaneActions;
import org.loupe.viewer.viewport.ImagePane;

/** Keys and menu items for layouts, protocols, links, lines and labels. */
final class LayoutCommands {

  private static final Map<PaneLayout, String[]> KEYS =
      Map.of(
          PaneLayout.ONE, new String[] {"F2"},
          PaneLayout.TWO, new String[] {"F3"},
          PaneLayout.FOUR, new String[] {"F4"});

  private LayoutCommands() {}

  static void to(CommandList list, MainWindow window) {
    for (PaneLayout layout : PaneLayout.values()) {
      list.add(
          "layout",
          "layout." + layout,
          () -> window.grid().show(layout),
          KEYS.getOrDefault(layout, new String[0]));
    }
    list.add("layout", "maximise", window.grid()::toggleMaximised, "M");
    list.add("layout", "link", () -> PaneActions.toggle(window.link().onProperty()), "L");
    list.add("layout", "registered", window::toggleRegistered, "Shift+H");
    list.add("layout", "nextPane", window.grid()::activateNext, "N");
    list.add(
        "layout",
        "crosshair",
        () -> PaneActions.toggle(window.tools().crossReferences().crosshairProperty()),
        "H");
    list.add(
        "layout",
        "referenceLines",
        () -> PaneActions.toggle(window.tools().crossReferences().linesProperty()),
        "R");
    list.add(
        "layout",
        "segments",
        () -> PaneActions.toggle(window.tools().segmentations().shownProperty()),
        "J");
    list.add("layout", "annotations", () -> labels(window), "T");
    list.add("layout", "anonymous", () -> anonymous(window), "Shift+T");
    planes(list, window);
    protocols(list, window);
  }

  private static void planes(CommandList list, MainWindow window) {
    Map<String, Function<String, Reformat>> makers = new LinkedHashMap<>();
    makers.put("axial", Reformat::axial);
    makers.put("coronal", Reformat::coronal);
    makers.put("sagittal", Reformat::sagittal);
    makers.forEach(
        (id, maker) ->
            list.pane(
                "plane",
                "plane." + id,
                p -> window.tools().reformatting().show(p, maker.apply(Texts.of("plane." + id)))));
    list.add(
        "plane",
        "plane.oblique",
        () -> window.sheet(new ObliquePanel((a, b) -> oblique(window, a, b))));
    list.pane("plane", "plane.acquired", window.tools().reformatting()::back);
  }

  /** Cuts the active pane's series along planes that are turned against the axial ones. */
  private static void oblique(MainWindow window, double aboutRight, double aboutDown) {
    String name = Texts.of("plane.oblique", aboutRight, aboutDown);
    window.closeSheet();
    window
        .tools()
        .reformatting()
        .show(window.active(), Reformat.axial("").turned(aboutRight, aboutDown, name));
  }

  private static void labels(MainWindow window) {
    boolean on = !window.active().settings().annotatedProperty().get();
    window.grid().all().forEach(p -> p.settings().annotatedProperty().set(on));
  }

  private static void anonymous(MainWindow window) {
    boolean on = !window.active().settings().anonymousProperty().get();
    for (ImagePane pane : window.grid().all()) {
      pane.settings().anonymousProperty().set(on);
    }
    window.anonymousProperty().set(on);
  }

  /** The current study over the prior of the patient in the active pane. */
  private static void priors(MainWindow window) {
    Series shown = window.active().seriesProperty().get();
    Optional<PriorHanging> found =
        shown == null
            ? Optional.empty()
            : window
                .studies()
                .source(shown)
                .flatMap(open -> PriorHanging.of(window.studies().series(), open));
    found.ifPresentOrElse(
        priors -> {
          window.hanging().hang(priors);
          window.register();
        },
        () -> window.say(Texts.of("protocol.noPrior")));
  }

  private static void protocols(CommandList list, MainWindow window) {
    List<HangingProtocol> protocols;
    try {
      HangingProtocols.offer(window.folder().resolve(HangingProtocols.FILE));
      protocols = HangingProtocols.of(window.folder().resolve(HangingProtocols.FILE));
    } catch (IOException | RuntimeException e) {
      window.warn(Texts.of("protocol.unreadable", e.getMessage()));
      protocols = HangingProtocols.shipped();
    }
    window.hanging().setProtocols(protocols);
    list.add("protocol", "priorCurrent", () -> priors(window), "Shift+O");
    int number = 0;
    for (HangingProtocol protocol : protocols) {
      number++;
      list.add(
          Command.named(
              "protocol." + number, "protocol", protocol.name(), () -> window.hang(protocol)));
    }
  }
}
