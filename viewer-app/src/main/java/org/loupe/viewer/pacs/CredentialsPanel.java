package org.loupe.viewer.pacs;

import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.control.TextField;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import org.loupe.viewer.Texts;
import org.loupe.viewer.panel.Sheet;

/** Asks who asks a server: user and password, or a token. */
public final class CredentialsPanel extends Sheet {

  /** Takes what was typed. */
  @FunctionalInterface
  public interface Taker {
    void take(String user, String secret, boolean keep);
  }

  /**
   * @param canKeep whether the system has a store of passwords
   * @param givenUp does without
   */
  public CredentialsPanel(PacsServer server, boolean canKeep, Taker taker, Runnable givenUp) {
    super("credentials", Texts.of("pacs.credentials", server.name()), 14);
    setMaxSize(460, USE_PREF_SIZE);
    boolean basic = server.authentication() == PacsServer.Authentication.BASIC;
    TextField user = new TextField();
    user.setId("credentials-user");
    user.setAccessibleText(Texts.of("pacs.user"));
    PasswordField secret = new PasswordField();
    secret.setId("credentials-secret");
    String asked = Texts.of(basic ? "pacs.password" : "pacs.token");
    secret.setAccessibleText(asked);
    CheckBox keep = new CheckBox(Texts.of("pacs.keep"));
    keep.setId("credentials-keep");
    GridPane grid = new GridPane(12, 8);
    if (basic) {
      grid.addRow(0, new Label(Texts.of("pacs.user")), user);
    }
    grid.addRow(1, new Label(asked), secret);
    Label where = new Label(Texts.of(canKeep ? "pacs.keptWhere" : "pacs.keptNowhere"));
    where.setWrapText(true);
    Button go = new Button(Texts.of("pacs.signIn"));
    go.setId("credentials-go");
    go.setDefaultButton(true);
    go.setOnAction(e -> taker.take(user.getText(), secret.getText(), keep.isSelected()));
    Button cancel = new Button(Texts.of("status.cancel"));
    cancel.setOnAction(e -> givenUp.run());
    getChildren().add(grid);
    if (canKeep) {
      getChildren().add(keep);
    }
    getChildren().addAll(where, new HBox(8, go, cancel));
  }
}
