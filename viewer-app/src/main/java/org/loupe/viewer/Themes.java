package org.loupe.viewer;

import atlantafx.base.theme.PrimerDark;
import javafx.application.Application;

/** How the application looks. Images are read in the dark, so there is only a dark theme. */
public final class Themes {

  private Themes() {}

  /** Sets the theme of all windows. FX thread. */
  public static void dark() {
    Application.setUserAgentStylesheet(new PrimerDark().getUserAgentStylesheet());
  }
}
