package org.loupe.study;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.loupe.image.Contrast;

/** Tells the MR contrast of a series from its tags or its file name, with the reason. */
public final class ContrastRecogniser {

  private static final Set<String> T1 =
      Set.of(
          "t1", "t1w", "t1c", "t1ce", "t1gd", "t1n", "t1post", "t1pre", "mprage", "bravo",
          "mp2rage", "tfl", "spgr");
  private static final Set<String> T2 = Set.of("t2", "t2w", "t2tse", "t2fse");
  private static final Set<String> PD = Set.of("pd", "pdw", "dp", "proton");
  private static final Set<String> T2_STAR =
      Set.of("t2star", "t2starw", "swi", "swan", "medic", "t2gre", "hemo");
  private static final Set<String> OTHER =
      Set.of(
          "dwi",
          "dti",
          "adc",
          "fa",
          "trace",
          "diff",
          "diffusion",
          "ep2d",
          "bold",
          "fmri",
          "rest",
          "perf",
          "perfusion",
          "asl",
          "dsc",
          "tof",
          "mra",
          "angio",
          "mip",
          "loc",
          "localizer",
          "localiser",
          "scout",
          "survey",
          "fieldmap",
          "phase",
          "t1map",
          "t2map",
          "cbf",
          "cbv",
          "stir");

  private static final Pattern NOT_A_WORD = Pattern.compile("[^a-z0-9]+");

  private ContrastRecogniser() {}

  /** The words of a name in lower case, split at everything but letters and digits. */
  static List<String> tokens(String name) {
    String lower = name.toLowerCase(Locale.ROOT).replace("t2*", "t2star");
    return NOT_A_WORD.splitAsStream(lower).filter(word -> !word.isEmpty()).toList();
  }

  /** Contrast of a NIfTI file by its name: T2, PD, T1, FLAIR as words of their own. */
  public static Recognised fromFileName(String fileName) {
    Contrast contrast = fromWords(fileName);
    return contrast == null
        ? new Recognised(Contrast.OTHER, "the file name \"" + fileName + "\" names no contrast")
        : new Recognised(contrast, "file name \"" + fileName + "\"");
  }

  /** Contrast named in a description; null where none is, or several. */
  static Contrast fromWords(String text) {
    List<String> tokens = tokens(text);
    boolean t1 = tokens.stream().anyMatch(t -> T1.contains(t));
    boolean flair =
        tokens.stream().anyMatch(t -> t.contains("flair"))
            || text.toLowerCase(Locale.ROOT).contains("dark fluid")
            || text.toLowerCase(Locale.ROOT).contains("dark-fluid")
            || tokens.contains("t2f");
    if (tokens.stream().anyMatch(t -> T2_STAR.contains(t) || OTHER.contains(t))) {
      return Contrast.OTHER;
    }
    if (flair) {
      // "T1 FLAIR" is a T1-weighted inversion recovery; "T2 FLAIR" and "FLAIR" are FLAIR.
      return t1 ? Contrast.T1 : Contrast.FLAIR;
    }
    boolean t2 = tokens.stream().anyMatch(t -> T2.contains(t));
    boolean pd = tokens.stream().anyMatch(t -> PD.contains(t));
    int named = (t1 ? 1 : 0) + (t2 ? 1 : 0) + (pd ? 1 : 0);
    if (named != 1) {
      return null;
    }
    return t1 ? Contrast.T1 : t2 ? Contrast.T2 : Contrast.PD;
  }
}
