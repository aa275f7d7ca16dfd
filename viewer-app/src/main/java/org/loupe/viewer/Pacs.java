package org.loupe.viewer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javafx.application.Platform;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import org.loupe.dicom.web.DicomWebClient;
import org.loupe.dicom.web.DicomWebException;
import org.loupe.threads.Background;
import org.loupe.viewer.pacs.CredentialsPanel;
import org.loupe.viewer.pacs.PacsAccess;
import org.loupe.viewer.pacs.PacsPanel;
import org.loupe.viewer.pacs.PacsServer;
import org.loupe.viewer.pacs.RetrievedFiles;
import org.loupe.viewer.pacs.SecretStore;
import org.loupe.viewer.pacs.ServerFile;
import org.loupe.viewer.pacs.ServersPanel;
import org.loupe.viewer.pacs.StudySearch;
import org.loupe.viewer.pacs.StudySearch.SeriesMatch;
import org.loupe.viewer.pacs.StudySearch.StudyMatch;
import org.loupe.viewer.pacs.Transfer;
import org.loupe.viewer.pacs.TransferBar;
import org.loupe.viewer.study.FileChoosing;

/**
 * The window's way to DICOMweb servers: it asks them in the background and asks the user who asks
 * where a server wants to know. What is retrieved lies in a folder of the system's for temporary
 * files, which only this user can read and which goes when the window closes. FX thread.
 */
final class Pacs implements PacsPanel.Requests, AutoCloseable {

  /** How long a cancelled transfer is waited for, s. */
  private static final int LAST_FILE = 10;

  private final MainWindow window;
  private final FileChoosing files;
  private final ServerFile file;
  private final PacsAccess access = new PacsAccess(SecretStore.system());
  private final ObservableList<PacsServer> servers = FXCollections.observableArrayList();
  private final TransferBar bar = new TransferBar(this::start);
  private final PacsPanel panel;

  /** Searches; a new one takes the place of the one before. */
  private final ExecutorService searching = Background.single("pacs");

  private final ExecutorService transferring = Background.single("transfer");

  private Future<?> asked;
  private Transfer transfer;

  /** Where retrieved files are; null before the first. */
  private Path folder;

  Pacs(MainWindow window, FileChoosing files) {
    this.window = window;
    this.files = files;
    file = new ServerFile(window.folder().resolve(ServerFile.NAME));
    try {
      servers.setAll(file.read());
    } catch (IOException e) {
      window.say(Texts.of("pacs.unreadable", e.getMessage()));
    }
    servers.addListener((ListChangeListener<PacsServer>) change -> save());
    panel = new PacsPanel(servers, window.anonymousProperty()::get, this);
  }

  private void save() {
    try {
      file.write(servers);
    } catch (IOException e) {
      window.say(Texts.of("preferences.unwritable", e.getMessage()));
    }
  }

  /** How far the transfer is, for the bottom of the window. */
  TransferBar bar() {
    return bar;
  }

  /** Shows the search. */
  void show() {
    panel.latest(window.dicom().latest().size());
    window.sheet(panel);
  }

  /** Shows the list of servers. */
  void showServers() {
    showServers(window::closeSheet);
  }

  @Override
  public void editServers() {
    showServers(this::show);
  }

  private void showServers(Runnable done) {
    window.sheet(
        new ServersPanel(
            servers,
            () -> files.files(window.stage()).stream().map(Path::toString).toList(),
            done));
  }

  @Override
  public void search(PacsServer server, StudySearch search) {
    ask(server, search::studies, panel::found, () -> search(server, search));
  }

  @Override
  public void series(PacsServer server, StudyMatch study) {
    ask(
        server,
        client -> StudySearch.series(client, study.uid()),
        found -> panel.found(study, found),
        () -> series(server, study));
  }

  @Override
  public void retrieve(PacsServer server, StudyMatch study, List<SeriesMatch> series) {
    if (!series.isEmpty()) {
      retrieve(server, series);
      return;
    }
    panel.message(Texts.of("pacs.searching"));
    ask(
        server,
        client -> StudySearch.series(client, study.uid()),
        found -> retrieve(server, found),
        () -> retrieve(server, study, series));
  }

  private void retrieve(PacsServer server, List<SeriesMatch> series) {
    if (series.isEmpty()) {
      panel.message(Texts.of("pacs.noSeries"));
      return;
    }
    try {
      if (folder == null) {
        folder = Files.createTempDirectory("loupe-pacs");
      }
    } catch (IOException e) {
      panel.message(Texts.of("pacs.failed", e.getMessage()));
      return;
    }
    window.closeSheet();
    // T2 first, as it is what Loupe is for; what is no image last.
    List<SeriesMatch> order = new ArrayList<>(series);
    order.sort(
        Comparator.<SeriesMatch, Boolean>comparing(s -> !s.modality().equals("MR"))
            .thenComparing(s -> !s.description().toUpperCase(Locale.ROOT).contains("T2")));
    boolean[] first = {true};
    start(
        Transfer.retrieve(
            access,
            server,
            order,
            folder,
            (own, loaded) -> {
              window.opener().retrieved(own, loaded, first[0], order.size() > 1);
              first[0] &= loaded.allSeries().isEmpty();
            }));
  }

  @Override
  public void send(PacsServer server) {
    send(server, files.files(window.stage()));
  }

  @Override
  public void sendLatest(PacsServer server) {
    send(server, window.dicom().latest());
  }

  private void send(PacsServer server, List<Path> chosen) {
    if (!chosen.isEmpty()) {
      window.closeSheet();
      start(Transfer.send(access, server, chosen));
    }
  }

  /** Starts a transfer, which takes the place of one that runs. */
  private void start(Transfer next) {
    if (transfer != null) {
      transfer.cancel();
    }
    transfer = next;
    next.setOnFailed(
        e -> {
          if (unauthorised(next.getException())) {
            askWho(next.server(), () -> start(next.again()), true);
          }
        });
    bar.follow(next);
    transferring.execute(next);
  }

  private static boolean unauthorised(Throwable e) {
    return e instanceof DicomWebException web && web.unauthorised();
  }

  /** A question to a server. */
  private interface Question<T> {
    T ask(DicomWebClient client) throws IOException;
  }

  /** Takes an answer. */
  private interface Answer<T> {
    void take(T value);
  }

  /** Asks in the background; where the server wants to know who asks, the user is asked. */
  private <T> void ask(PacsServer server, Question<T> question, Answer<T> answer, Runnable again) {
    if (asked != null) {
      asked.cancel(true);
    }
    asked =
        searching.submit(
            () -> {
              try {
                Optional<DicomWebClient> client = access.client(server);
                if (client.isEmpty()) {
                  Platform.runLater(() -> askWho(server, again, false));
                  return;
                }
                try (DicomWebClient open = client.get()) {
                  T value = question.ask(open);
                  Platform.runLater(() -> answer.take(value));
                }
              } catch (CancellationException e) {
                return; // another question has taken its place
              } catch (IOException | IllegalArgumentException e) {
                Platform.runLater(
                    () -> {
                      if (unauthorised(e)) {
                        askWho(server, again, true);
                      } else {
                        panel.message(Texts.of("pacs.failed", e.getMessage()));
                      }
                    });
              }
            });
  }

  /**
   * @param refused whether what is known of the user was not accepted
   */
  private void askWho(PacsServer server, Runnable again, boolean refused) {
    if (server.authentication() == PacsServer.Authentication.NONE) {
      panel.message(Texts.of("pacs.needsAuthentication", server.name()));
      show();
      return;
    }
    if (refused) {
      searching.execute(() -> access.forget(server));
    }
    window.sheet(
        new CredentialsPanel(
            server,
            access.canKeep(),
            (user, secret, keep) -> {
              show();
              searching.execute(
                  () -> {
                    access.take(server, user, secret, keep);
                    Platform.runLater(again);
                  });
            },
            this::show));
    panel.message(Texts.of(refused ? "pacs.refusedUser" : "pacs.hint"));
  }

  /** All studies have been closed: what comes now comes too late. */
  void studiesClosed() {
    if (transfer != null) {
      transfer.cancel();
    }
  }

  @Override
  public void close() {
    studiesClosed();
    searching.shutdownNow();
    transferring.shutdownNow();
    boolean ended = transferEnds();
    boolean gone = folder == null || RetrievedFiles.delete(folder);
    if (!ended || !gone) {
      window.say(Texts.of("pacs.leftBehind", folder));
    }
  }

  /** Waits until nothing is retrieved any more; whether that is so. */
  private boolean transferEnds() {
    try {
      return transferring.awaitTermination(LAST_FILE, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
