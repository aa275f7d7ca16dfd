package org.loupe.sr.eval;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.loupe.image.Image2;
import org.loupe.image.Interpolation;
import org.loupe.image.KSpace;
import org.loupe.image.Samples;

/** The methods that need no training: a network has to beat them. */
final class Baselines {

  /**
   * nearest, bilinear, bicubic and lanczos interpolate at the true sub-pixel positions; zf fills
   * k-space with zeros; gf-dc is {@link GuidedFilter} with data consistency.
   */
  static final Map<String, UpscaleMethod> ALL = all();

  private Baselines() {}

  private static Map<String, UpscaleMethod> all() {
    Map<String, UpscaleMethod> methods = new LinkedHashMap<>();
    for (Interpolation kind : Interpolation.values()) {
      methods.put(kind.name().toLowerCase(Locale.ROOT), s -> interpolate(kind, s));
    }
    methods.put("zf", Baselines::zeroFill);
    methods.put("gf-dc", Baselines::guided);
    return Collections.unmodifiableMap(methods);
  }

  private static Image2 interpolate(Interpolation kind, CaseSlice s) {
    return kind.resample(
        s.target(),
        Samples.overField(s.target().width(), s.width()),
        Samples.overField(s.target().height(), s.height()));
  }

  static Image2 zeroFill(CaseSlice s) {
    return KSpace.zeroFill(s.target(), s.width(), s.height());
  }

  /** Without a reference this is zero filling, which is data consistent already. */
  private static Image2 guided(CaseSlice s) {
    Image2 z = zeroFill(s);
    if (s.reference() == null) {
      return z;
    }
    Image2 low = s.target();
    Image2 reference = KSpace.zeroFill(s.reference(), s.width(), s.height());
    Image2 lowPassed =
        KSpace.zeroFill(
            KSpace.degrade(reference, low.width(), low.height()), s.width(), s.height());
    Image2 guided = GuidedFilter.apply(z, reference, lowPassed, s.factor());
    return KSpace.dataConsistency(guided, low);
  }
}
