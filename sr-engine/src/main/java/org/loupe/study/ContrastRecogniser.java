package org.loupe.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;
import org.loupe.dicom.FrameReader;
import org.loupe.dicom.FrameTags;
import org.loupe.dicom.Tag;
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

  /**
   * Contrast of an image by its tags. What is no anatomical contrast (diffusion, angiography, ...)
   * is told by the description; then inversion; then echo and repetition time decide; the
   * description decides where they do not.
   */
  public static Recognised fromTags(FrameTags tags) {
    String series = tags.string(Tag.SERIES_DESCRIPTION);
    String protocol = tags.string(Tag.PROTOCOL_NAME);
    String description = series.equals(protocol) ? series : series + " " + protocol;
    String modality = tags.string(Tag.MODALITY);
    if (!modality.isEmpty() && !modality.equals("MR")) {
      return new Recognised(Contrast.OTHER, "modality " + modality);
    }
    if (SrDerivation.isOf(tags)) {
      return new Recognised(Contrast.OTHER, "super-resolved, not acquired");
    }
    if (tags.string(Tag.SOP_CLASS_UID).equals(FrameReader.PARAMETRIC_MAP)) {
      return new Recognised(Contrast.OTHER, quantity(tags));
    }
    Contrast said = fromWords(description);
    String quoted = "described as \"" + description.strip() + "\"";
    String timing = timing(tags);
    if (!tags.string(Tag.DIFFUSION_B_VALUE).isEmpty()) {
      return new Recognised(
          Contrast.OTHER, "diffusion (b-value " + tags.string(Tag.DIFFUSION_B_VALUE) + ")");
    }
    if (said == Contrast.OTHER || said == Contrast.FLAIR) {
      return new Recognised(said, quoted);
    }
    Contrast timed = fromTiming(tags);
    if (timed != null) {
      boolean agent = timed == Contrast.T1 && !tags.string(Tag.CONTRAST_BOLUS_AGENT).isEmpty();
      return new Recognised(timed, agent ? timing + ", after contrast agent" : timing);
    }
    if (said != null) {
      return new Recognised(said, quoted);
    }
    return new Recognised(
        Contrast.OTHER, timing.isEmpty() ? "no echo or repetition time" : "not known: " + timing);
  }

  /** What a parametric map shows: "parametric map, ADC in mm2/s". */
  private static String quantity(FrameTags tags) {
    String name = tags.string(Tag.LUT_LABEL);
    String unit =
        tags.items(Tag.MEASUREMENT_UNITS_CODE_SEQUENCE).stream()
            .map(code -> code.string(Tag.CODE_VALUE))
            .findFirst()
            .orElse("");
    return "parametric map"
        + (name.isEmpty() ? "" : ", " + name)
        + (unit.isEmpty() ? "" : " in " + unit);
  }

  private static String timing(FrameTags tags) {
    List<String> parts = new ArrayList<>();
    List<String> sequence = tags.strings(Tag.SCANNING_SEQUENCE, Tag.ECHO_PULSE_SEQUENCE);
    SeriesAssembler.echoTime(tags)
        .ifPresent(te -> parts.add("TE " + SeriesAssembler.number(te) + " ms"));
    tags.number(Tag.REPETITION_TIME)
        .ifPresent(tr -> parts.add("TR " + SeriesAssembler.number(tr) + " ms"));
    OptionalDouble ti = inversionTime(tags);
    ti.ifPresent(t -> parts.add("TI " + SeriesAssembler.number(t) + " ms"));
    if (!sequence.isEmpty()) {
      parts.add(String.join("/", sequence));
    }
    return String.join(", ", parts);
  }

  private static OptionalDouble inversionTime(FrameTags tags) {
    OptionalDouble ti = tags.number(Tag.INVERSION_TIME, Tag.INVERSION_TIMES);
    return ti.isPresent() && ti.getAsDouble() > 0 ? ti : OptionalDouble.empty();
  }

  /**
   * Contrast by the usual ranges of clinical protocols; null between them. Spin echo: T1 has short
   * TR and TE, PD long TR and short TE, T2 long TR and TE. With an inversion pulse a long TI nulls
   * fluid (FLAIR), a middle one gives T1, a short one nulls fat (STIR).
   */
  private static Contrast fromTiming(FrameTags tags) {
    OptionalDouble echo = SeriesAssembler.echoTime(tags);
    OptionalDouble repetition = tags.number(Tag.REPETITION_TIME);
    if (echo.isEmpty() || repetition.isEmpty()) {
      return null;
    }
    double te = echo.getAsDouble();
    double tr = repetition.getAsDouble();
    double ti = inversionTime(tags).orElse(0);
    List<String> sequence = tags.strings(Tag.SCANNING_SEQUENCE, Tag.ECHO_PULSE_SEQUENCE);
    boolean gradient = sequence.contains("GR") || sequence.contains("GRADIENT");
    boolean inversion = ti > 0 && (sequence.contains("IR") || sequence.isEmpty() || ti < tr);
    if (sequence.contains("EP") || sequence.contains("BOTH")) {
      return Contrast.OTHER;
    }
    if (gradient) {
      List<String> variant = tags.strings(Tag.SEQUENCE_VARIANT);
      boolean prepared = variant.contains("MP") || variant.contains("SP");
      // Magnetisation-prepared or spoiled at a short TE is T1; without spoiling it is mixed.
      return te <= 10 && (prepared || ti >= 300) && !variant.contains("SS") ? Contrast.T1 : null;
    }
    if (inversion) {
      if (ti >= 1500) {
        return te >= 60 ? Contrast.FLAIR : null;
      }
      return ti < 300 ? Contrast.OTHER : te <= 40 ? Contrast.T1 : null;
    }
    if (te >= 60 && tr >= 1500) {
      return Contrast.T2;
    }
    if (te <= 50 && tr >= 1800) {
      return Contrast.PD;
    }
    return te <= 30 && tr <= 1200 ? Contrast.T1 : null;
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
