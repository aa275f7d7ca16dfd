package org.loupe.dcm4che.dimse;

import java.io.IOException;
import org.loupe.dicom.web.OrthancServer;

/** Nodes on this machine. */
final class Loopback {

  private static final String HOST = "127.0.0.1";

  private Loopback() {}

  static DimseNode node(String title, int port) {
    return new DimseNode(title, HOST, port);
  }

  /** A node that nobody is as yet. */
  static DimseNode free(String title) throws IOException {
    return node(title, OrthancServer.freePort());
  }
}
