package org.loupe.dicom;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples of PS3.5 annexes H to K, and what is met in practice. */
class CharacterSetTest {

  private static final String ESC = "\u001b";

  @Test
  void japaneseWithKanjiAndHiragana() {
    String coded = "Yamada^Tarou=~$B;3ED~(B^~$BB@O:~(B=~$B$d$^$@~(B^~$B$?$m$&~(B".replace("~", ESC);
    assertEquals("Yamada^Tarou=山田^太郎=やまだ^たろう", decode(coded, Vr.PN, "", "ISO 2022 IR 87"));
  }

  @Test
  void japaneseWithKatakana() {
    String coded =
        "\u00d4\u00cf\u00c0\u00de^\u00c0\u00db\u00b3=~$B;3ED~(J^~$BB@O:~(J=~$B$d$^$@~(J^~$B$?$m$&~(J"
            .replace("~", ESC);
    assertEquals(
        "ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう", decode(coded, Vr.PN, "ISO 2022 IR 13", "ISO 2022 IR 87"));
  }

  @Test
  void koreanIsEscapedToAfterEachDelimiter() {
    String coded =
        ("Hong^Gildong=~$)C\u00fb\u00f3^~$)C\u00d1\u00ce\u00d4\u00d7="
                + "~$)C\u00c8\u00ab^~$)C\u00b1\u00e6\u00b5\u00bf")
            .replace("~", ESC);
    assertEquals("Hong^Gildong=洪^吉洞=홍^길동", decode(coded, Vr.PN, "", "ISO 2022 IR 149"));
  }

  @Test
  void chineseInThreeWays() {
    String gb2312 =
        "Zhang^XiaoDong=~$)A\u00d5\u00c5^~$)A\u00d0\u00a1\u00b6\u00ab=".replace("~", ESC);
    assertEquals("Zhang^XiaoDong=张^小东=", decode(gb2312, Vr.PN, "", "ISO 2022 IR 58"));
    String gb18030 = "Wang^XiaoDong=\u00cd\u00f5^\u00d0\u00a1\u00b6\u00ab=";
    assertEquals("Wang^XiaoDong=王^小东=", decode(gb18030, Vr.PN, "GB18030"));
    String utf8 = latin("Wang^XiaoDong=王^小东=".getBytes(StandardCharsets.UTF_8));
    assertEquals("Wang^XiaoDong=王^小东=", decode(utf8, Vr.PN, "ISO_IR 192"));
  }

  @Test
  void supplementaryKanji() {
    String coded = "~$(D0!~(B".replace("~", ESC);
    assertEquals("丂", decode(coded, Vr.LO, "", "ISO 2022 IR 159"));
  }

  @Test
  void delimitersPutBackTheFirstSet() {
    String coded = "~-F\u00c4^\u00c4\r".replace("~", ESC);
    assertEquals("Δ^Ä\r", decode(coded, Vr.PN, "ISO 2022 IR 100", "ISO 2022 IR 126"));
    String lines = "~-L\u00b1\n\u00b1".replace("~", ESC);
    assertEquals("Б\n±", decode(lines, Vr.LT, "ISO 2022 IR 100", "ISO 2022 IR 144"));
  }

  @ParameterizedTest
  @CsvSource({
    "ISO_IR 100, Ä",
    "ISO_IR 101, Ä",
    "ISO_IR 109, Ä",
    "ISO_IR 110, Ä",
    "ISO_IR 144, Ф",
    "ISO_IR 127, ؤ",
    "ISO_IR 126, Δ",
    "ISO_IR 148, Ä",
    "ISO_IR 166, ฤ",
    "ISO_IR 203, Ä",
    "ISO_IR 13, ﾄ",
    "ISO-IR 144, Ф",
    "ISO 2022 IR 144, Ф",
    "nonsense, Ä",
    "ISO_IR 999, Ä"
  })
  void oneByteSets(String term, String expected) {
    assertEquals(expected, decode("\u00c4", Vr.LO, term));
  }

  @Test
  void brokenBytesAreReplaced() {
    assertEquals("a\ufffdb", decode("a\u00ffb", Vr.LO, "ISO_IR 192"));
    assertEquals("\ufffd", decode("~$B0".replace("~", ESC), Vr.LO, "ISO 2022 IR 87"));
    assertEquals("Ä", decode("\u00c4", Vr.LO));
  }

  private static String decode(String latin, Vr vr, String... terms) {
    byte[] bytes = latin.getBytes(StandardCharsets.ISO_8859_1);
    return CharacterSet.of(List.of(terms)).decode(bytes, vr);
  }

  private static String latin(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
