package org.loupe.dcm4che.dimse;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.dcm4che3.io.DicomInputStream;
import org.dcm4che3.net.DataWriter;
import org.dcm4che3.net.DataWriterAdapter;
import org.loupe.dicom.DicomFile;
import org.loupe.dicom.FrameReader;
import org.loupe.dicom.HeaderReader;
import org.loupe.dicom.Tag;
import org.loupe.dicom.TransferSyntax;

/**
 * A file to be sent.
 *
 * @param uid SOP Instance UID
 * @param syntax transfer syntax of its data set, once that is inflated
 */
record Outgoing(Path path, String sopClass, String uid, TransferSyntax syntax) {

  /** Reads what must be known of a file. */
  static Outgoing of(Path path) throws IOException {
    DicomFile file =
        HeaderReader.find(path).orElseThrow(() -> new DimseException(path + " is not DICOM"));
    String uid = file.dataset().string(Tag.SOP_INSTANCE_UID);
    String sopClass = FrameReader.sopClass(file);
    if (uid.isEmpty() || sopClass.isEmpty()) {
      throw new DimseException(path + " does not say which instance of which SOP class it is");
    }
    TransferSyntax syntax = file.syntax();
    return new Outgoing(
        path, sopClass, uid, syntax.deflated() ? TransferSyntax.EXPLICIT_LE : syntax);
  }

  /**
   * The transfer syntaxes that it can be sent in, its own first. Big endian stays: what its pixels
   * of more than 16 bits are in words of 16 is read in two ways.
   */
  Set<String> syntaxes() {
    Set<String> all = new LinkedHashSet<>();
    all.add(syntax.uid());
    if (!syntax.encapsulated() && !syntax.bigEndian()) {
      all.addAll(List.of(Contexts.PLAIN));
    }
    return all;
  }

  /** The first of them that is accepted; empty where none is. */
  String chosen(Set<String> accepted) {
    return syntaxes().stream().filter(accepted::contains).findFirst().orElse("");
  }

  /**
   * Its data set, byte for byte where the transfer syntax is its own.
   *
   * @param sent counts what was sent
   */
  DataWriter content(String syntaxUid, AtomicLong sent) {
    return (out, uid) -> {
      try (InputStream file = new BufferedInputStream(Files.newInputStream(path));
          DicomInputStream in = new DicomInputStream(file)) {
        in.readFileMetaInformation();
        if (syntaxUid.equals(syntax.uid())) {
          out.copyFrom(new Counted(in, sent));
        } else {
          new DataWriterAdapter(in.readDataset(-1, -1)).writeTo(out, uid);
        }
      }
    };
  }

  /** Counts what is read. */
  private static final class Counted extends FilterInputStream {

    private final AtomicLong count;

    Counted(InputStream in, AtomicLong count) {
      super(in);
      this.count = count;
    }

    @Override
    public int read() throws IOException {
      count.incrementAndGet();
      return super.read();
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      int n = super.read(bytes, from, length);
      count.addAndGet(Math.max(0, n));
      return n;
    }
  }
}
