package org.loupe.viewer.panel;

import java.util.function.Function;
import javafx.util.StringConverter;

/** Tells the values of a box that nothing is typed into. */
public final class InWords<T> extends StringConverter<T> {

  private final String none;
  private final Function<T, String> words;

  /** A box that shows nothing where it has no value. */
  public InWords(Function<T, String> words) {
    this("", words);
  }

  /**
   * @param none stands for no value
   */
  public InWords(String none, Function<T, String> words) {
    this.none = none;
    this.words = words;
  }

  @Override
  public String toString(T value) {
    return value == null ? none : words.apply(value);
  }

  @Override
  public T fromString(String text) {
    throw new UnsupportedOperationException("the box is not typed into");
  }
}
