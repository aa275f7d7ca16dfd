package org.loupe.viewer.pacs;

import java.util.function.Consumer;
import javafx.concurrent.Worker;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.loupe.viewer.Texts;

/** How far a transfer is; it can be cancelled, and taken up again. Takes no room without one. */
public final class TransferBar extends HBox {

  private final Label text = new Label();
  private final ProgressBar progress = new ProgressBar();
  private final Button cancel = new Button(Texts.of("status.cancel"));
  private final Button resume = new Button(Texts.of("pacs.resume"));
  private final Button close = new Button("✕");
  private final Consumer<Transfer> restart;

  /**
   * @param restart starts a transfer
   */
  public TransferBar(Consumer<Transfer> restart) {
    super(10);
    this.restart = restart;
    setId("transfer");
    getStyleClass().add("viewer-status");
    text.setId("transfer-text");
    progress.setPrefWidth(220);
    cancel.setId("transfer-cancel");
    resume.setId("transfer-resume");
    close.setId("transfer-close");
    close.setAccessibleText(Texts.of("pacs.done"));
    for (Button b : new Button[] {cancel, resume, close}) {
      b.getStyleClass().add("small");
      b.setFocusTraversable(false);
    }
    close.setOnAction(e -> show(this, false));
    Region space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    getChildren().addAll(progress, text, space, cancel, resume, close);
    show(this, false);
  }

  private static void show(Region part, boolean on) {
    part.setVisible(on);
    part.setManaged(on);
  }

  /** Follows a transfer until it ends. */
  public void follow(Transfer transfer) {
    show(this, true);
    text.textProperty().unbind();
    text.textProperty().bind(transfer.messageProperty());
    progress.progressProperty().unbind();
    progress.progressProperty().bind(transfer.progressProperty());
    show(progress, true);
    show(cancel, true);
    show(resume, false);
    show(close, false);
    cancel.setOnAction(e -> transfer.cancel());
    resume.setOnAction(e -> restart.accept(transfer.again()));
    transfer.stateProperty().subscribe(state -> ended(transfer, state));
  }

  private void ended(Transfer transfer, Worker.State state) {
    String told =
        switch (state) {
          case SUCCEEDED -> transfer.getValue();
          case CANCELLED -> Texts.of("pacs.cancelled");
          case FAILED -> Texts.of("pacs.failed", transfer.getException().getMessage());
          default -> null;
        };
    if (told == null) {
      return;
    }
    text.textProperty().unbind();
    progress.progressProperty().unbind();
    text.setText(told);
    show(progress, false);
    show(cancel, false);
    show(resume, state != Worker.State.SUCCEEDED);
    show(close, true);
  }
}
