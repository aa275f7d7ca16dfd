package org.loupe.viewer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class TextsTest {

  /** Keeps the keys that a file gives twice: the second one silently wins. */
  private static final class Strict extends Properties {
    private static final long serialVersionUID = 1;
    private final List<Object> twice = new ArrayList<>();

    @Override
    public synchronized Object put(Object key, Object value) {
      if (containsKey(key)) {
        twice.add(key);
      }
      return super.put(key, value);
    }
  }

  private static Strict read(String name) throws IOException {
    Strict texts = new Strict();
    try (InputStream in = Texts.class.getResourceAsStream(name)) {
      texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    }
    return texts;
  }

  /** Two quotes are one only where values are put into the text. */
  @Test
  void quotesAreDoubledOnlyWhereTheyMustBe() throws IOException {
    for (String name : List.of("texts.properties", "texts_zh.properties")) {
      Strict texts = read(name);
      for (String key : texts.stringPropertyNames()) {
        String text = texts.getProperty(key);
        assertTrue(!text.contains("''") || text.contains("{"), key + ": " + text);
      }
    }
  }

  @Test
  void noTextIsGivenTwiceAndNoneIsMissing() throws IOException {
    Strict english = read("texts.properties");
    Strict chinese = read("texts_zh.properties");
    assertEquals(List.of(), english.twice);
    assertEquals(List.of(), chinese.twice);
    assertEquals(
        new TreeSet<>(english.stringPropertyNames()), new TreeSet<>(chinese.stringPropertyNames()));
  }
}
