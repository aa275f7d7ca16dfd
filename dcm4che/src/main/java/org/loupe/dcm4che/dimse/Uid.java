package org.loupe.dcm4che.dimse;

import java.util.regex.Pattern;

/** UIDs as they may stand in requests and in names of files (PS3.5 section 9). */
final class Uid {

  private static final Pattern FORM = Pattern.compile("\\d+(\\.\\d+)*");
  private static final int LONGEST = 64;

  private Uid() {}

  static boolean isValid(String text) {
    return text.length() <= LONGEST && FORM.matcher(text).matches();
  }
}
