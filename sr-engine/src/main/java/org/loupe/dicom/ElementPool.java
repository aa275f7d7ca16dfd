package org.loupe.dicom;

import java.nio.ByteOrder;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Elements that many data sets share: the slices of a series say the same of most attributes, and
 * ten thousand headers are kept while a folder is read. For any number of threads.
 */
public final class ElementPool {

  private final ConcurrentMap<DicomElement, DicomElement> elements = new ConcurrentHashMap<>();

  /**
   * An element that is equal to this one, the same for all that ask; one with items, or in big
   * endian, is its own.
   */
  DicomElement shared(DicomElement element) {
    // Buffers of both byte orders are equal where their bytes are.
    if (!element.items().isEmpty() || element.value().order() == ByteOrder.BIG_ENDIAN) {
      return element;
    }
    DicomElement known = elements.putIfAbsent(element, element);
    return known == null ? element : known;
  }
}
