package org.loupe.dicom;

/** Values of attributes as people read them. */
public final class ShownValues {

  private ShownValues() {}

  /** "Doe^Jane" as "Doe Jane": the alphabetic group, components apart (PS3.5 6.2.1). */
  public static String personName(String name) {
    int group = name.indexOf('=');
    String shown = group > 0 ? name.substring(0, group) : name.substring(group + 1);
    return shown.replace('^', ' ').strip().replaceAll(" +", " ");
  }

  /** 2026-01-31 of 20260131; what is no date as it is. */
  public static String date(String da) {
    return da.matches("\\d{8}")
        ? da.substring(0, 4) + "-" + da.substring(4, 6) + "-" + da.substring(6)
        : da;
  }
}
