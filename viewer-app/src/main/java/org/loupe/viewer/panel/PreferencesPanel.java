package org.loupe.viewer.panel;

import java.util.List;
import java.util.function.Consumer;
import javafx.collections.FXCollections;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import org.loupe.image.Interpolation;
import org.loupe.viewer.Texts;
import org.loupe.viewer.prefs.Preferences;
import org.loupe.viewer.tool.Command;

/** The preferences; each choice holds at once, but for the language, which the next start takes. */
public final class PreferencesPanel extends Sheet {

  private final Consumer<Preferences> taker;
  private final ListView<Command> keys = new ListView<>();
  private final Label hint = new Label(Texts.of("preferences.keyHint"));
  private Preferences now;

  /**
   * @param commands with the keys that they have now
   * @param showDevices shows what the networks can run on
   * @param showServers shows the list of DICOMweb servers
   */
  public PreferencesPanel(
      Preferences before,
      List<Command> commands,
      Consumer<Preferences> taker,
      Runnable showDevices,
      Runnable showServers) {
    super("preferences", Texts.of("command.preferences"), 10);
    this.taker = taker;
    now = before;
    setMaxSize(560, USE_PREF_SIZE);
    GridPane grid = new GridPane(12, 8);
    ChoiceBox<String> language =
        choice(List.of("", "en", "zh"), before.language(), "preferences.language.");
    language.setId("preferences-language");
    language.setAccessibleText(Texts.of("preferences.language"));
    language.setOnAction(e -> set(now.withLanguage(language.getValue())));
    ChoiceBox<Interpolation> kernel =
        choice(List.of(Interpolation.values()), before.kernel(), "kernel.");
    kernel.setId("preferences-kernel");
    kernel.setAccessibleText(Texts.of("preferences.kernel"));
    kernel.setOnAction(e -> set(now.withKernel(kernel.getValue())));
    CheckBox navigator = new CheckBox(Texts.of("command.navigator"));
    navigator.setSelected(before.navigator());
    navigator.setOnAction(e -> set(now.withNavigator(navigator.isSelected())));
    grid.addRow(0, new Label(Texts.of("preferences.language")), language);
    grid.addRow(1, new Label(Texts.of("preferences.kernel")), kernel);
    Button devices = new Button(Texts.of("command.devices"));
    devices.setId("preferences-devices");
    devices.setOnAction(e -> showDevices.run());
    grid.addRow(2, new Label(), navigator);
    grid.addRow(3, new Label(Texts.of("devices.title")), devices);
    keys.setId("preferences-keys");
    keys.setAccessibleText(Texts.of("preferences.keyHint"));
    keys.setItems(FXCollections.observableArrayList(commands));
    keys.setCellFactory(view -> new Cell());
    keys.setPrefHeight(260);
    // A filter: the list itself would take the arrows and letters.
    keys.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
    Button standard = new Button(Texts.of("preferences.standardKey"));
    standard.setOnAction(e -> change(null));
    Button none = new Button(Texts.of("preferences.noKey"));
    none.setOnAction(e -> change(""));
    hint.setWrapText(true);
    Button archive = new Button(Texts.of("command.pacsServers"));
    archive.setId("preferences-servers");
    archive.setOnAction(e -> showServers.run());
    getChildren().addAll(grid, hint, keys, new HBox(8, standard, none, archive));
  }

  private static <T> ChoiceBox<T> choice(List<T> values, T chosen, String texts) {
    ChoiceBox<T> box = new ChoiceBox<>(FXCollections.observableArrayList(values));
    box.setConverter(new InWords<>(value -> Texts.of(texts + value)));
    box.setValue(chosen);
    return box;
  }

  private void set(Preferences next) {
    now = next;
    taker.accept(next);
  }

  private void key(KeyEvent e) {
    KeyCode code = e.getCode();
    boolean moves =
        !e.isShiftDown()
            && !e.isShortcutDown()
            && !e.isAltDown()
            && (code == KeyCode.UP || code == KeyCode.DOWN || code == KeyCode.TAB);
    if (code == KeyCode.ESCAPE) {
      // The list would keep it for itself; it closes the sheet.
      e.consume();
      fireEvent(e.copyFor(this, this));
      return;
    }
    if (moves || code.isModifierKey()) {
      return;
    }
    if (keys.getSelectionModel().getSelectedItem() != null) {
      change(
          new KeyCodeCombination(
                  code,
                  e.isShiftDown()
                      ? KeyCombination.ModifierValue.DOWN
                      : KeyCombination.ModifierValue.UP,
                  KeyCombination.ModifierValue.UP,
                  e.isAltDown()
                      ? KeyCombination.ModifierValue.DOWN
                      : KeyCombination.ModifierValue.UP,
                  KeyCombination.ModifierValue.UP,
                  e.isShortcutDown()
                      ? KeyCombination.ModifierValue.DOWN
                      : KeyCombination.ModifierValue.UP)
              .getName());
    }
    e.consume();
  }

  /** Gives the chosen command a key that no other one has. */
  private void change(String key) {
    Command command = keys.getSelectionModel().getSelectedItem();
    if (command == null) {
      return;
    }
    if (key != null && !key.isEmpty()) {
      KeyCombination wanted = KeyCombination.valueOf(key);
      for (Command other : keys.getItems()) {
        if (!other.id().equals(command.id()) && other.keys().contains(wanted)) {
          hint.setText(Texts.of("preferences.keyTaken", other.text()));
          return;
        }
      }
    }
    hint.setText(Texts.of("preferences.keyHint"));
    set(now.withKey(command.id(), key));
    int at = keys.getSelectionModel().getSelectedIndex();
    keys.getItems().set(at, command.withKeys(now.keys().get(command.id())));
    keys.getSelectionModel().select(at);
  }

  /** A command and its keys. */
  private static final class Cell extends ListCell<Command> {
    @Override
    protected void updateItem(Command c, boolean empty) {
      super.updateItem(c, empty);
      if (empty || c == null) {
        setText(null);
        setGraphic(null);
        return;
      }
      Label key = new Label(c.keyText());
      key.getStyleClass().add("menu-key");
      setGraphic(key);
      setText(c.text());
    }
  }
}
