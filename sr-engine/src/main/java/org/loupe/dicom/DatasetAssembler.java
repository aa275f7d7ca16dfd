package org.loupe.dicom;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * Puts a data set together from elements in the order of their file: for a {@link DicomReader} on
 * another library's parser. What a file leaves open, VRs and character sets, is settled as it is
 * for our own parser.
 */
public final class DatasetAssembler {

  private final DicomDataset dataset;
  private final PendingVrs pending;
  private final int depth;

  /** For a data set that is no item. */
  public DatasetAssembler() {
    this(null, new PendingVrs(), 0);
  }

  private DatasetAssembler(DicomDataset parent, PendingVrs pending, int depth) {
    this.dataset = new DicomDataset(parent);
    this.pending = pending;
    this.depth = depth;
  }

  /**
   * Adds an element with a value.
   *
   * @param vr the file's; null where it has none: the dictionary's
   * @param value in the file's byte order, which the buffer has
   */
  public void value(int tag, Vr vr, ByteBuffer value) {
    Vr chosen = vr == null ? Dictionary.vr(tag) : vr;
    dataset.put(new DicomElement(tag, chosen == Vr.SQ ? Vr.UN : chosen, value));
    if (vr == null) {
      pending.add(dataset, tag);
    }
  }

  /**
   * Adds compressed pixel data.
   *
   * @param fragments the basic offset table first
   */
  public void fragments(int tag, Vr vr, List<ByteBuffer> fragments) {
    dataset.put(new DicomElement(tag, vr, ByteBuffer.allocate(0), List.of(), fragments));
  }

  /**
   * An item of a sequence of this data set, to be filled and then handed to {@link #sequence}.
   *
   * @throws DicomException where sequences are nested too deeply
   */
  public DatasetAssembler item() throws DicomException {
    if (depth == DicomParser.MAX_DEPTH) {
      throw new DicomException("broken: sequences are nested too deeply");
    }
    return new DatasetAssembler(dataset, pending, depth + 1);
  }

  /** Adds a sequence. */
  public void sequence(int tag, List<DatasetAssembler> items) {
    List<DicomDataset> datasets = items.stream().map(item -> item.dataset).toList();
    dataset.put(new DicomElement(tag, Vr.SQ, ByteBuffer.allocate(0), datasets, List.of()));
  }

  /** The data set, of a whole file: items of sequences are done with it. */
  public DicomDataset finish() {
    pending.settle();
    return dataset;
  }
}
