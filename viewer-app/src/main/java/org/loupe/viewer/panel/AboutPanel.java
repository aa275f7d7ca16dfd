package org.loupe.viewer.panel;

import javafx.scene.control.Label;
import org.loupe.viewer.Texts;

/** What Loupe is, and what it is not for. */
public final class AboutPanel extends Sheet {

  private static final double WIDTH = 460;

  public AboutPanel() {
    super("about", Texts.of("app.name"), 0);
    Label text = new Label(Texts.of("about.text"));
    Label warning = new Label(Texts.of("about.notDiagnostic"));
    warning.setId("about-not-diagnostic");
    warning.getStyleClass().add("not-diagnostic");
    for (Label label : new Label[] {text, warning}) {
      label.setWrapText(true);
      label.setMaxWidth(WIDTH);
    }
    getChildren().addAll(text, warning);
  }
}
