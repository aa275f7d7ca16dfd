package org.loupe.viewer;

import atlantafx.base.theme.PrimerDark;
import javafx.application.Application;

/** How the application looks. Images are read in the dark, so there is only a dark theme. */
public final class Themes {

  private Themes() {}

  /** Sets the theme of all windows. FX thread. */
  public static void dark() {
    // The compiled form: parsing the text takes a good part of a start.
    Application.setUserAgentStylesheet(new PrimerDark().getUserAgentStylesheetBSS());
  }
}
