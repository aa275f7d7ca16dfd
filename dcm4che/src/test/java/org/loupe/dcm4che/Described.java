package org.loupe.dcm4che;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.loupe.dicom.DicomDataset;
import org.loupe.dicom.DicomElement;
import org.loupe.dicom.DicomException;
import org.loupe.dicom.DicomFile;
import org.loupe.dicom.DicomReader;

/** All that a reader says of a file, as text. */
final class Described {

  private Described() {}

  static String by(DicomReader reader, byte[] bytes) {
    try {
      DicomFile file = reader.read(bytes);
      StringBuilder text = new StringBuilder(file.syntax().uid()).append('\n');
      add(file.meta(), "", text);
      add(file.dataset(), "", text);
      return text.append(file.damage()).toString();
    } catch (DicomException e) {
      return e.getMessage();
    }
  }

  private static void add(DicomDataset dataset, String indent, StringBuilder text) {
    for (DicomElement e : dataset.elements()) {
      text.append("%s%08X %s %s ".formatted(indent, e.tag(), e.vr(), e.value().order()));
      text.append(hex(e.value()));
      e.fragments().forEach(fragment -> text.append(" |").append(hex(fragment)));
      text.append('\n');
      e.items().forEach(item -> add(item, indent + "  ", text));
    }
  }

  private static String hex(ByteBuffer value) {
    byte[] bytes = new byte[value.limit()];
    value.get(0, bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
