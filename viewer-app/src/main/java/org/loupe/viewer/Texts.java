package org.loupe.viewer;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** The user interface's texts, from {@code texts.properties}. */
public final class Texts {

  private static final ResourceBundle BUNDLE =
      ResourceBundle.getBundle("org.loupe.viewer.texts", Locale.ENGLISH);

  private Texts() {}

  /**
   * The text of a key.
   *
   * @param args values for {0}, {1} ... in {@link MessageFormat} notation
   */
  public static String of(String key, Object... args) {
    String text = BUNDLE.getString(key);
    return args.length == 0 ? text : new MessageFormat(text, Locale.ENGLISH).format(args);
  }
}
