package org.loupe.dcm4che.dimse;

import java.util.LinkedHashSet;
import java.util.Set;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.dcm4che3.net.pdu.PresentationContext;

/** The presentation contexts that some files need: one for each class and transfer syntax. */
final class Contexts {

  /** What every archive takes, and what files with uncompressed pixels can be sent in. */
  static final String[] PLAIN = {UID.ExplicitVRLittleEndian, UID.ImplicitVRLittleEndian};

  /** Of an association (PS3.8 7.1.1.13). */
  private static final int MOST = 128;

  private record Context(String sopClass, String syntax) {}

  private final Set<Context> contexts = new LinkedHashSet<>();

  /** Adds those of a file; false where they are too many for one association. */
  boolean add(Outgoing file) {
    Set<Context> own = new LinkedHashSet<>();
    for (String syntax : file.syntaxes()) {
      own.add(new Context(file.sopClass(), syntax));
    }
    own.removeAll(contexts);
    return contexts.size() + own.size() <= MOST && (own.isEmpty() || contexts.addAll(own));
  }

  /** A request for an association with them. */
  AAssociateRQ request() {
    AAssociateRQ request = new AAssociateRQ();
    int id = 1;
    for (Context context : contexts) {
      request.addPresentationContext(new PresentationContext(id, context.sopClass, context.syntax));
      id += 2;
    }
    return request;
  }
}
