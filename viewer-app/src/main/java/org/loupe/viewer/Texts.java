package org.loupe.viewer;

import java.text.MessageFormat;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;

/**
 * The user interface's texts, from {@code texts.properties}, or {@code texts_zh.properties} for
 * Chinese. Numbers are written alike in both, with a point.
 */
public final class Texts {

  /** Formats that have been parsed; they are not for several threads at once. */
  private static final ThreadLocal<Map<String, MessageFormat>> FORMATS =
      ThreadLocal.withInitial(HashMap::new);

  private static ResourceBundle bundle = bundle(Locale.ENGLISH);

  private Texts() {}

  private static ResourceBundle bundle(Locale locale) {
    // Without a fallback: the system's language must not slip in where English was asked for.
    return ResourceBundle.getBundle(
        "org.loupe.viewer.texts", locale, Control.getNoFallbackControl(Control.FORMAT_PROPERTIES));
  }

  /**
   * Chooses the language, before the first window is made.
   *
   * @param language "en" or "zh"; empty for the system's, where it is one of them
   */
  static void choose(String language) {
    String wanted = language.isEmpty() ? Locale.getDefault().getLanguage() : language;
    bundle = bundle(List.of("zh").contains(wanted) ? Locale.CHINESE : Locale.ENGLISH);
  }

  /**
   * The text of a key.
   *
   * @param args values for {0}, {1} ... in {@link MessageFormat} notation
   */
  public static String of(String key, Object... args) {
    String text = bundle.getString(key);
    return args.length == 0 ? text : format(text).format(args);
  }

  /** Parsing is most of the work, and some texts are written in every frame. */
  private static MessageFormat format(String text) {
    return FORMATS.get().computeIfAbsent(text, t -> new MessageFormat(t, Locale.ENGLISH));
  }
}
