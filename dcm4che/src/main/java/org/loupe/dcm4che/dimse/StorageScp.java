package org.loupe.dcm4che.dimse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import org.dcm4che3.net.Connection;
import org.dcm4che3.net.TransferCapability;
import org.dcm4che3.net.service.BasicCEchoSCP;
import org.dcm4che3.net.service.DicomServiceRegistry;

/**
 * Receives instances (C-STORE) and answers C-ECHO until it is closed. An instance becomes a file
 * named by its SOP Instance UID, whole or not at all, byte for byte in the transfer syntax in which
 * it came.
 */
public final class StorageScp implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int MOST_ASSOCIATIONS = 8;

  private final DimseNode node;
  private final LocalDevice device;

  private StorageScp(DimseNode node, LocalDevice device) {
    this.node = node;
    this.device = device;
  }

  /**
   * Starts to listen.
   *
   * @param here our AE title, the address to listen on, and the port: whoever calls another title
   *     is refused
   * @param callers AE titles that may send; empty for all
   * @param folder for the files; is made where it is missing
   * @param received is told of each file when its sender has been answered, on one of several
   *     threads
   */
  public static StorageScp open(
      DimseNode here, Set<String> callers, Path folder, Consumer<Path> received)
      throws IOException {
    return open(here, callers, folder, received, PATIENCE);
  }

  /**
   * The same.
   *
   * @param patience a sender that is silent for so long is cut off
   */
  static StorageScp open(
      DimseNode here, Set<String> callers, Path folder, Consumer<Path> received, Duration patience)
      throws IOException {
    Files.createDirectories(folder);
    LocalDevice device = new LocalDevice(here.title());
    Connection connection = device.connection();
    connection.setHostname(here.host());
    connection.setPort(here.port());
    connection.setRequestTimeout((int) patience.toMillis());
    device.device().setConnectionMonitor(new SilenceMonitor(patience));
    device.device().setLimitOpenAssociations(MOST_ASSOCIATIONS);
    device.entity().setAcceptedCallingAETitles(callers.toArray(String[]::new));
    device
        .entity()
        .addTransferCapability(new TransferCapability(null, "*", TransferCapability.Role.SCP, "*"));
    DicomServiceRegistry services = new DicomServiceRegistry();
    services.addDicomService(new BasicCEchoSCP());
    services.addDicomService(new InstanceReceiver(folder, received));
    device.device().setDimseRQHandler(services);
    try {
      device.device().bindConnections();
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      device.close();
      throw new DimseException(here + ": the port cannot be listened on", e);
    }
    return new StorageScp(here, device);
  }

  /** Where it listens, under which title. */
  public DimseNode node() {
    return node;
  }

  /** Stops; what is half received is dropped. */
  @Override
  public void close() {
    device.close();
  }
}
