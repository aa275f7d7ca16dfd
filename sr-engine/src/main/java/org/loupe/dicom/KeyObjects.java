package org.loupe.dicom;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The images that a key object selection (PS3.3 A.35.4, PS3.16 TID 2010) names. */
public final class KeyObjects {

  /** Key Object Selection Document Storage. */
  public static final String STORAGE = "1.2.840.10008.5.1.4.1.1.88.59";

  /** Titles of notes that name images to hide or to destroy (IHE IOCM), and of bad quality. */
  private static final Set<String> REJECTIONS =
      Set.of("113001", "113010", "113037", "113038", "113039");

  private KeyObjects() {}

  /**
   * Identities of the images, as {@link Frame#instanceId} has them; of a whole object of several
   * frames its SOP Instance UID. None of a note that rejects images.
   */
  public static List<String> of(DicomDataset document) {
    Code title = Code.of(document, Tag.CONCEPT_NAME_CODE_SEQUENCE);
    List<String> images = new ArrayList<>();
    if (title == null || !REJECTIONS.contains(title.value())) {
      for (DicomDataset item : document.items(Tag.CONTENT_SEQUENCE)) {
        for (DicomDataset image : item.items(Tag.REFERENCED_SOP_SEQUENCE)) {
          add(image, images);
        }
      }
    }
    return images;
  }

  private static void add(DicomDataset image, List<String> images) {
    String instance = image.string(Tag.REFERENCED_SOP_INSTANCE_UID);
    List<String> frames = image.strings(Tag.REFERENCED_FRAME_NUMBER);
    if (frames.isEmpty()) {
      images.add(instance);
    }
    frames.forEach(frame -> images.add(instance + "/" + frame.strip()));
  }
}
