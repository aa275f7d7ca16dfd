package org.loupe.viewer.pacs;

import java.util.List;
import java.util.function.BooleanSupplier;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.scene.control.Button;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.loupe.viewer.Texts;
import org.loupe.viewer.pacs.StudySearch.SeriesMatch;
import org.loupe.viewer.pacs.StudySearch.StudyMatch;
import org.loupe.viewer.panel.InWords;

/** Studies and series of a server: searched, retrieved, and files sent to it. */
public final class PacsPanel extends VBox {

  /** What the panel asks for; each answers by the panel's methods, later. FX thread. */
  public interface Requests {
    void search(PacsServer server, StudySearch search);

    void series(PacsServer server, StudyMatch study);

    /** An empty list stands for all series of the study. */
    void retrieve(PacsServer server, StudyMatch study, List<SeriesMatch> series);

    /** Asks for files and sends them. */
    void send(PacsServer server);

    /** Sends what was written last. */
    void sendLatest(PacsServer server);

    /** Shows the list of servers. */
    void editServers();
  }

  private final ObservableList<PacsServer> servers;
  private final ChoiceBox<PacsServer> server;
  private final SearchForm form = new SearchForm(this::search);
  private final TableView<StudyMatch> studies;
  private final TableView<SeriesMatch> series = Results.series();
  private final Label message = new Label();
  private final Button retrieveStudy = new Button(Texts.of("pacs.retrieveStudy"));
  private final Button retrieveSeries = new Button(Texts.of("pacs.retrieveSeries"));
  private final Button send = new Button(Texts.of("pacs.send"));
  private final Button sendLatest = new Button();
  private final Requests requests;

  /**
   * @param anonymous whether patients are not to be told
   */
  public PacsPanel(
      ObservableList<PacsServer> servers, BooleanSupplier anonymous, Requests requests) {
    super(12);
    this.servers = servers;
    this.requests = requests;
    setId("pacs");
    getStyleClass().add("sheet");
    setMaxSize(1060, 720);
    studies = Results.studies(anonymous);
    server = new ChoiceBox<>(servers);
    server.setId("pacs-server");
    server.setAccessibleText(Texts.of("pacs.server"));
    server.setConverter(new InWords<>(Texts.of("pacs.noServer"), PacsServer::name));
    servers.addListener((javafx.collections.ListChangeListener<PacsServer>) change -> choose());
    server.setOnAction(e -> clear());
    choose();
    Label title = new Label(Texts.of("pacs.title"));
    title.getStyleClass().add("sheet-title");
    Button edit = new Button(Texts.of("pacs.servers"));
    edit.setId("pacs-servers");
    edit.setOnAction(e -> requests.editServers());
    HBox top = new HBox(10, title, space(), new Label(Texts.of("pacs.server")), server, edit);
    top.getStyleClass().add("pacs-row");
    message.setId("pacs-message");
    message.setWrapText(true);
    message.setMinHeight(Region.USE_PREF_SIZE);
    VBox.setVgrow(studies, Priority.ALWAYS);
    studies.setPrefHeight(260);
    series.setPrefHeight(170);
    getChildren().addAll(top, form, message, studies, series, buttons());
    follow();
    message(Texts.of(servers.isEmpty() ? "pacs.addServer" : "pacs.hint"));
  }

  private HBox buttons() {
    retrieveStudy.setId("pacs-retrieve-study");
    retrieveSeries.setId("pacs-retrieve-series");
    send.setId("pacs-send");
    sendLatest.setId("pacs-send-latest");
    retrieveStudy.getStyleClass().add("accent");
    retrieveStudy.setOnAction(e -> requests.retrieve(server.getValue(), study(), List.of()));
    retrieveSeries.setOnAction(
        e ->
            requests.retrieve(
                server.getValue(),
                study(),
                List.copyOf(series.getSelectionModel().getSelectedItems())));
    send.setOnAction(e -> requests.send(server.getValue()));
    sendLatest.setOnAction(e -> requests.sendLatest(server.getValue()));
    studies.getSelectionModel().selectedItemProperty().subscribe(this::chosen);
    studies.setOnMouseClicked(
        e -> {
          if (e.getClickCount() == 2 && study() != null) {
            retrieveStudy.fire();
          }
        });
    series
        .getSelectionModel()
        .getSelectedItems()
        .addListener((javafx.collections.ListChangeListener<SeriesMatch>) change -> follow());
    HBox row = new HBox(10, retrieveStudy, retrieveSeries, space(), sendLatest, send);
    row.getStyleClass().add("pacs-row");
    return row;
  }

  private static Region space() {
    Region space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    return space;
  }

  private void choose() {
    if (!servers.contains(server.getValue())) {
      server.setValue(servers.isEmpty() ? null : servers.get(0));
      clear();
    }
    follow();
  }

  private void clear() {
    studies.getItems().clear();
    series.getItems().clear();
    follow();
  }

  private StudyMatch study() {
    return studies.getSelectionModel().getSelectedItem();
  }

  private void search() {
    if (server.getValue() == null) {
      message(Texts.of("pacs.addServer"));
      return;
    }
    clear();
    message(Texts.of("pacs.searching"));
    requests.search(server.getValue(), form.value());
  }

  private void chosen() {
    series.getItems().clear();
    if (study() != null) {
      requests.series(server.getValue(), study());
    }
    follow();
  }

  /** Buttons can be pressed where they do something. */
  private void follow() {
    boolean none = server.getValue() == null;
    retrieveStudy.setDisable(none || study() == null);
    retrieveSeries.setDisable(none || series.getSelectionModel().getSelectedItems().isEmpty());
    send.setDisable(none);
    sendLatest.setDisable(none);
  }

  /** Says how many files the last export wrote; 0 for none. */
  public void latest(int files) {
    sendLatest.setText(Texts.of("pacs.sendLatest", files));
    sendLatest.setVisible(files > 0);
    sendLatest.setManaged(files > 0);
  }

  /** Tells the user something. */
  public void message(String text) {
    message.setText(text);
  }

  /** The answer to a search. */
  public void found(List<StudyMatch> matches) {
    studies.setItems(FXCollections.observableArrayList(matches));
    message(
        Texts.of(
            matches.size() >= StudySearch.MOST ? "pacs.foundMost" : "pacs.found", matches.size()));
    if (!matches.isEmpty()) {
      studies.getSelectionModel().select(0);
      studies.requestFocus();
    }
    follow();
  }

  /** The series of a study, if it is still the chosen one. */
  public void found(StudyMatch of, List<SeriesMatch> matches) {
    if (of.equals(study())) {
      series.setItems(FXCollections.observableArrayList(matches));
    }
    follow();
  }
}
