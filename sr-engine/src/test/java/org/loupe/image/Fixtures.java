package org.loupe.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;

/** Images and answers shared with make_image_fixtures.py. */
public final class Fixtures {

  private Fixtures() {}

  /** A smooth blob plus integer "noise", as the script's {@code pattern}. */
  public static Image2 pattern(int w, int h, int seed) {
    float[] v = new float[w * h];
    for (int r = 0; r < h; r++) {
      for (int c = 0; c < w; c++) {
        double noise =
            (31 * r * r + 17 * c * c + 13 * r * c + (7 + seed) * r + 3 * c + seed) % 101 / 101.0;
        double dr = r - h / 2.0;
        double dc = c - w / 3.0;
        v[r * w + c] = (float) (noise + Math.exp(-(dr * dr + dc * dc) / (0.05 * w * h)));
      }
    }
    return new Image2(v, w, h);
  }

  /** A JSON resource beside the class. */
  public static JsonNode json(Class<?> beside, String name) throws IOException {
    try (InputStream in = beside.getResourceAsStream(name)) {
      return new ObjectMapper().readTree(in);
    }
  }

  public static Image2 image(JsonNode answer) {
    JsonNode values = answer.get("values");
    float[] v = new float[values.size()];
    for (int i = 0; i < v.length; i++) {
      v[i] = (float) values.get(i).asDouble();
    }
    return new Image2(v, answer.get("width").asInt(), answer.get("height").asInt());
  }

  /** Largest absolute difference. */
  public static double difference(Image2 a, Image2 b) {
    if (a.width() != b.width() || a.height() != b.height()) {
      throw new AssertionError(
          "%d x %d against %d x %d".formatted(a.width(), a.height(), b.width(), b.height()));
    }
    double worst = 0;
    for (int i = 0; i < a.values().length; i++) {
      double d = Math.abs(a.values()[i] - b.values()[i]);
      worst = d > worst || Double.isNaN(d) ? d : worst;
    }
    return worst;
  }
}
