package org.loupe.dicom.web;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the parts of a multipart/related body (RFC 2046) one after the other as they come. */
final class MultipartReader {

  private static final Pattern BOUNDARY =
      Pattern.compile("boundary=(?:\"([^\"]{1,70})\"|([^;\\s]{1,70}))", Pattern.CASE_INSENSITIVE);
  private static final int LONGEST_HEADERS = 1 << 16;

  private final InputStream in;
  private final byte[] delimiter;

  /** For each prefix of the delimiter the longest prefix that is also its suffix (Knuth 1977). */
  private final int[] failure;

  /**
   * @param contentType Content-Type of the body
   * @throws DicomWebException where it is no multipart body
   */
  MultipartReader(InputStream in, String contentType) throws DicomWebException {
    Matcher boundary = BOUNDARY.matcher(contentType);
    if (!contentType.regionMatches(true, 0, "multipart/", 0, 10) || !boundary.find()) {
      throw new DicomWebException(
          "the server answers with " + (contentType.isEmpty() ? "no type" : contentType));
    }
    String name = boundary.group(1) == null ? boundary.group(2) : boundary.group(1);
    this.in = new BufferedInputStream(in, 1 << 16);
    delimiter = ("\r\n--" + name).getBytes(StandardCharsets.US_ASCII);
    failure = new int[delimiter.length];
    for (int n = 1, k = 0; n < delimiter.length; n++) {
      while (k > 0 && delimiter[n] != delimiter[k]) {
        k = failure[k - 1];
      }
      k += delimiter[n] == delimiter[k] ? 1 : 0;
      failure[n] = k;
    }
  }

  /**
   * Goes to the first part.
   *
   * @return false where there is none
   */
  boolean first() throws IOException {
    // The first delimiter may stand at the very start, without a line before it.
    return skip(2) && next();
  }

  private boolean skip(int matched) throws IOException {
    return copy(OutputStream.nullOutputStream(), matched, Long.MAX_VALUE);
  }

  /** What follows a delimiter: the end, or the headers of a part, which are passed over. */
  private boolean next() throws IOException {
    int a = in.read();
    int b = in.read();
    if (a == '-' && b == '-') {
      return false;
    }
    // Line by line up to an empty one.
    int count = 0;
    int line = a == '\r' && b == '\n' ? 0 : 2;
    for (int c = in.read(); ; c = in.read()) {
      if (c < 0 || ++count > LONGEST_HEADERS) {
        throw new DicomWebException("the answer breaks off");
      }
      if (c == '\n') {
        if (line == 0) {
          return true;
        }
        line = 0;
      } else if (c != '\r') {
        line++;
      }
    }
  }

  /**
   * Writes the content of the part.
   *
   * @param most bytes
   * @return whether another part follows
   */
  boolean part(OutputStream out, long most) throws IOException {
    if (!copy(out, 0, most)) {
      throw new DicomWebException("the answer breaks off");
    }
    return next();
  }

  /**
   * Copies up to the next delimiter.
   *
   * @param matched bytes of the delimiter that are taken for read
   * @return false where the body ends before
   */
  private boolean copy(OutputStream out, int matched, long most) throws IOException {
    int k = matched;
    long count = 0;
    for (int c = in.read(); c >= 0; c = in.read()) {
      while (k > 0 && delimiter[k] != (byte) c) {
        // What was taken for a delimiter is content.
        int keep = failure[k - 1];
        out.write(delimiter, 0, k - keep);
        k = keep;
      }
      if (delimiter[k] == (byte) c) {
        k++;
        if (k == delimiter.length) {
          return true;
        }
      } else {
        out.write(c);
      }
      if (++count > most) {
        throw new DicomWebException("an instance of more than " + most + " bytes");
      }
    }
    return false;
  }
}
