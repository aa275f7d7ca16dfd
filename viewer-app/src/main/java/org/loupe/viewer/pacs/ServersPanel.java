package org.loupe.viewer.pacs;

import java.util.List;
import java.util.function.Supplier;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.scene.control.Button;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.loupe.viewer.Texts;
import org.loupe.viewer.pacs.PacsServer.Authentication;
import org.loupe.viewer.panel.InWords;
import org.loupe.viewer.panel.Sheet;

/** The list of servers, to be changed. */
public final class ServersPanel extends Sheet {

  private final ObservableList<PacsServer> servers;
  private final ListView<PacsServer> list;
  private final TextField name = field("serverName");
  private final TextField url = field("serverUrl");
  private final TextField certificate = field("serverCertificate");
  private final ChoiceBox<Authentication> authentication =
      new ChoiceBox<>(FXCollections.observableArrayList(Authentication.values()));
  private final Label message = new Label();

  /**
   * @param servers is changed; the caller keeps it
   * @param pem asks the user for a certificate's file; empty for none
   * @param done closes the panel
   */
  public ServersPanel(
      ObservableList<PacsServer> servers, Supplier<List<String>> pem, Runnable done) {
    super("servers", Texts.of("command.pacsServers"), 12);
    this.servers = servers;
    setMaxSize(640, USE_PREF_SIZE);
    list = new ListView<>(servers);
    list.setId("servers-list");
    list.setAccessibleText(Texts.of("command.pacsServers"));
    list.setPrefHeight(130);
    list.setPlaceholder(new Label(Texts.of("pacs.noServer")));
    list.setCellFactory(view -> new Cell());
    list.getSelectionModel().selectedItemProperty().subscribe(this::fill);
    authentication.setId("server-authentication");
    authentication.setAccessibleText(Texts.of("pacs.authentication"));
    authentication.setConverter(new InWords<>(a -> Texts.of("pacs.authentication." + a)));
    authentication.setValue(Authentication.NONE);
    Button choose = new Button("…");
    choose.setAccessibleText(Texts.of("pacs.serverCertificate"));
    choose.setOnAction(e -> pem.get().stream().findFirst().ifPresent(certificate::setText));
    HBox file = new HBox(6, certificate, choose);
    HBox.setHgrow(certificate, Priority.ALWAYS);
    GridPane grid = new GridPane(12, 8);
    grid.addRow(0, new Label(Texts.of("pacs.serverName")), name);
    grid.addRow(1, new Label(Texts.of("pacs.serverUrl")), url);
    grid.addRow(2, new Label(Texts.of("pacs.authentication")), authentication);
    grid.addRow(3, new Label(Texts.of("pacs.serverCertificate")), file);
    GridPane.setHgrow(url, Priority.ALWAYS);
    url.setPromptText("https://pacs.example/dicom-web");
    certificate.setPromptText(Texts.of("pacs.serverCertificateHint"));
    message.setId("servers-message");
    message.setWrapText(true);
    message.setText(Texts.of("pacs.serversHint"));
    Button add = button("server-add", "pacs.serverAdd", this::add);
    Button change = button("server-change", "pacs.serverChange", this::change);
    Button remove = button("server-remove", "pacs.serverRemove", this::remove);
    Button close = button("servers-done", "pacs.done", done);
    getChildren().addAll(list, grid, message, new HBox(8, add, change, remove, close));
    if (!servers.isEmpty()) {
      list.getSelectionModel().select(0);
    }
  }

  private static TextField field(String key) {
    TextField field = new TextField();
    field.setId("servers-" + key);
    field.setAccessibleText(Texts.of("pacs." + key));
    return field;
  }

  private static Button button(String id, String text, Runnable action) {
    Button button = new Button(Texts.of(text));
    button.setId(id);
    button.setOnAction(e -> action.run());
    return button;
  }

  private void fill() {
    PacsServer s = list.getSelectionModel().getSelectedItem();
    if (s != null) {
      name.setText(s.name());
      url.setText(s.url());
      authentication.setValue(s.authentication());
      certificate.setText(s.certificate());
    }
  }

  private PacsServer typed() {
    return new PacsServer(
        name.getText(), url.getText(), authentication.getValue(), certificate.getText());
  }

  private void add() {
    PacsServer next = typed();
    if (sound(next)) {
      servers.add(next);
      list.getSelectionModel().select(next);
    }
  }

  private void change() {
    PacsServer next = typed();
    int at = list.getSelectionModel().getSelectedIndex();
    if (at >= 0 && sound(next)) {
      servers.set(at, next);
      list.getSelectionModel().select(at);
    }
  }

  private void remove() {
    int at = list.getSelectionModel().getSelectedIndex();
    if (at >= 0) {
      servers.remove(at);
    }
  }

  private boolean sound(PacsServer next) {
    message.setText(Texts.of(next.isSound() ? "pacs.serversHint" : "pacs.serverUnsound"));
    return next.isSound();
  }

  /** A server. */
  private static final class Cell extends ListCell<PacsServer> {
    @Override
    protected void updateItem(PacsServer s, boolean empty) {
      super.updateItem(s, empty);
      setText(empty || s == null ? null : s.name() + "   " + s.url());
    }
  }
}
