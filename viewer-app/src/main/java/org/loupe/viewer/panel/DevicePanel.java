package org.loupe.viewer.panel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.scene.control.Button;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import org.loupe.sr.DeviceChoice;
import org.loupe.sr.Devices;
import org.loupe.sr.model.ModelPackage;
import org.loupe.threads.Background;
import org.loupe.viewer.Texts;
import org.loupe.viewer.viewport.SrService;

/**
 * What the networks can run on: the processor and the graphics cards, with their memory, what is
 * wrong with them in words, the one at work, and a test run. Looking and running go on in the
 * background.
 */
public final class DevicePanel extends Sheet {

  private static final double GIB = 1L << 30;

  private final Devices devices;
  private final SrService sr;
  private final GridPane list = new GridPane(14, 6);
  private final Label problem = note("devices-problem");
  private final Label outcome = note("devices-outcome");
  private final ChoiceBox<String> choice = new ChoiceBox<>();
  private final Button trial = new Button(Texts.of("devices.trial"));

  /**
   * @param chosen as {@link DeviceChoice#parse} reads it
   * @param taker takes another choice
   */
  public DevicePanel(Devices devices, SrService sr, String chosen, Consumer<String> taker) {
    super("devices", Texts.of("devices.title"), 10);
    this.devices = devices;
    this.sr = sr;
    setMaxSize(560, USE_PREF_SIZE);
    Label atWork = note("devices-at-work");
    whileShown(sr.model())
        .subscribe(
            info ->
                atWork.setText(
                    Texts.of(
                        "devices.atWork",
                        info == null ? Texts.of("model.notStarted") : info.device())));
    list.setId("devices-list");
    problem.setText(Texts.of("devices.looking"));
    choice.setId("devices-choice");
    choice.setAccessibleText(Texts.of("devices.choice"));
    choice.setConverter(new InWords<>(DevicePanel::named));
    offer(List.of(), chosen);
    choice.setOnAction(e -> take(taker));
    trial.setId("devices-trial");
    trial.setDisable(sr.choice() == null);
    trial.setOnAction(e -> run());
    getChildren()
        .addAll(
            list, problem, atWork, new Label(Texts.of("devices.choice")), choice, trial, outcome);
    background(
        devices::find, found -> show(found, chosen), e -> problem.setText(String.valueOf(e)));
  }

  private static Label note(String id) {
    Label label = new Label();
    label.setId(id);
    label.setWrapText(true);
    return label;
  }

  private static Label name(String text) {
    Label label = new Label(text);
    label.setMinWidth(USE_PREF_SIZE);
    return label;
  }

  private static String named(String value) {
    return value.startsWith("cuda:")
        ? Texts.of("devices.choice.card", "CUDA " + value.substring("cuda:".length()))
        : Texts.of("devices.choice." + value);
  }

  private void take(Consumer<String> taker) {
    if (choice.getValue() != null) {
      taker.accept(choice.getValue());
    }
  }

  /** The processor, the cards, and what was chosen although it is not there now. */
  private void offer(List<Devices.Card> cards, String chosen) {
    List<String> all = new ArrayList<>(List.of("auto", "cpu"));
    cards.forEach(c -> all.add("cuda:" + c.number()));
    if (!all.contains(chosen) && chosen.startsWith("cuda:")) {
      all.add(chosen);
    }
    for (String value : all) {
      if (!choice.getItems().contains(value)) {
        choice.getItems().add(value);
      }
    }
    if (choice.getValue() == null) {
      choice.setValue(all.contains(chosen) ? chosen : "auto");
    }
  }

  private void show(Devices.Found found, String chosen) {
    int row = 0;
    for (Devices.Card card : found.cards()) {
      String memory =
          card.totalBytes() < 0
              ? Texts.of("devices.memoryUnknown")
              : Texts.of("devices.memory", card.freeBytes() / GIB, card.totalBytes() / GIB);
      Label what = new Label(card.problem().isEmpty() ? memory : card.problem());
      what.setWrapText(true);
      list.addRow(row++, name(card.label()), what);
    }
    int cores = Runtime.getRuntime().availableProcessors();
    String system = System.getProperty("os.arch", "");
    list.addRow(
        row, name(Texts.of("devices.cpu")), new Label(Texts.of("devices.cores", cores, system)));
    problem.setText(found.problem().isEmpty() ? "" : Texts.of("devices.noCards", found.problem()));
    problem.setManaged(!found.problem().isEmpty());
    offer(found.cards(), chosen);
  }

  private void run() {
    ModelPackage model = sr.choice().chosenProperty().get();
    DeviceChoice where = DeviceChoice.parse(choice.getValue());
    trial.setDisable(true);
    outcome.setText(Texts.of("devices.running"));
    background(
        () -> devices.trial(model, where),
        done -> {
          trial.setDisable(false);
          outcome.setText(
              Texts.of(
                  "devices.trialDone",
                  done.device(),
                  Texts.of("devices.precision." + done.precision()),
                  done.prepareMillis(),
                  done.decodeMillis()));
        },
        e -> {
          trial.setDisable(false);
          String why = e.getMessage() == null ? e.toString() : e.getMessage();
          outcome.setText(Texts.of("devices.trialFailed", why));
        });
  }

  /** Does something on a thread of its own, and what follows on the FX thread. */
  private static <T> void background(
      Callable<T> work, Consumer<T> then, Consumer<Throwable> otherwise) {
    Background.threads("devices")
        .newThread(
            () -> {
              try {
                T made = work.call();
                Platform.runLater(() -> then.accept(made));
              } catch (Exception | LinkageError e) {
                Platform.runLater(() -> otherwise.accept(e));
              }
            })
        .start();
  }
}
