package dev.repli.database.jdbc;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Names of files as MariaDB and MySQL spell them: plain letters, digits and the underscore as they
 * are, {@code @} and two signs for letters that are common, {@code @hhhh} for all others. MySQL's
 * SQL cannot read that, and MariaDB's only where the character set is named {@code filename}.
 */
final class FileNameLetters {
  /**
   * Each line has the first of the two signs, a space, and what the second one means, from {@code
   * 0} to {@code z}. Both servers have it from {@code strings/ctype-utf8.c}.
   */
  private static final String SHORT =
      """
      0                        ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓ            àáâãäåæçèéêëìíîïðñòó
      1                        ÔÕÖ ØÙÚÛÜÝÞŸĀĂĄĆĈĊČĎ            ôõößøùúûüýþÿāăąćĉċčď
      2                        ĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮ ĲĴĶ            đēĕėęěĝğġģĥħĩīĭįıĳĵķ
      3                         ĹĻĽĿŁŃŅŇ ŊŌŎŐŒŔŖŘŚŜ            ĸĺļľŀłńņňŉŋōŏőœŕŗřśŝ
      4                        ŞŠŢŤŦŨŪŬŮŰŲŴŶŹŻŽ                şšţťŧũūŭůűųŵŷźżžſ
      5                                                                          ΐ
      6                        ΆΈΉΊ Α ΓΔΕΖΗ Ι ΛΜΝΞΟ            άέήίΰαβγδεζηθικλμνξο
      7                         Ρ  ΤΥ ΧΨΩΪΫΌΎΏ ΒΘϒϓ            πρςστυφχψωϊϋόύώ ϐϑ
      8                        ϔΦΠ  ϚϜϞϠϢϤϦϨϪϬϮΚ Σ              ϕϖϗϙϛϝϟϡϣϥϧϩϫϭϯϰϱϲϳ
      9                             ϽϾϿ                        ϵ϶ϸϻϼ
      @                  ⒶⒷⒸⒹⒺⒻⒼⒽⒾⒿⓀⓁⓂⓃⓄⓅⓆⓇⓈⓉⓊⓋⓌⓍⓎⓏ      ⓐⓑⓒⓓⓔⓕⓖⓗⓘⓙⓚⓛⓜⓝⓞⓟⓠⓡⓢⓣⓤⓥⓦⓧⓨⓩ
      A                 Ａ
      B                 Ｂ
      C                 Ｃ
      D                 Ｄ
      E                 Ｅ
      F                 Ｆ
      G АФЈѸҦӍӴ ՄⅠ      Ｇ                                 ƳǞȈȰ      ḀḨṐṸṠẾỦἈἪ Ὤᾈᾬ
      H БХЉѺҨ ӶԱՅⅡ      Ｈ                                ƂƵǠȊȲ  Ɲ   ḂḪṒṺ ỀỨἉἫ Ὥᾉᾭ
      I ВЦЊѼҪӐӸԲՆⅢ      Ｉ                                ƄƸǢȌ       ḄḬṔṼ ỂỪἊἬ Ὦᾊᾮ
      J ГЧЋѾҬӒ ԳՇⅣ      Ｊ                                Ƈ ǤȎ  Ɠ Ʈ  ḆḮṖṾ ỄỬἋἭ Ὧᾋᾯ
      K ДШЌҀҮӔ ԴՈⅤ      Ｋ                                Ƌ ǦȐ   Ɵ   ḈḰṘẀ ỆỮἌἮ ᾺᾌᾸ
      L ЕЩЍ ҰӖ ԵՉⅥ      Ｌ                                  ǨȒ    Ʊ  ḊḲṚẂẠỈỰἍἯὙΆᾍᾹ
      M ЖЪЎҊҲӘ ԶՊⅦ      Ｍ                                Ƒ ǪȔ  Ɣ Ʋ  ḌḴṜẄẢỊỲἎἸ Ὲᾎ
      N ЗЫЏҌҴӚ ԷՋⅧ      Ｎ                                ǶƼǬȖ       ḎḶṞẆẤỌỴἏἹὛΈᾏᾼῨ
      O ИЬѠҎҶӜ ԸՌⅨ      Ｏ                                ƘǄǮȘȺ      ḐḸ ẈẦỎỶἘἺ Ὴᾘ Ῡ
      P ЙЭѢҐҸӞԀԹՍⅩ      Ｐ                                ȽǇ ȚȻ      ḒḺṢẊẨỐỸἙἻὝΉᾙ
      Q КЮѤҒҺӠԂԺՎⅪ      Ｑ                                 ǊǱȜȾƁ     ḔḼṤẌẪỒ ἚἼ Ὶᾚ
      R ЛЯѦҔҼӢԄԻՏⅫ      Ｒ                                ȠǍǴȞ ƆƗ    ḖḾṦẎẬỔ ἛἽὟΊᾛ
      S МЀѨҖҾӤԆԼՐⅬ      Ｓ                                ƠǏǸ   Ɩ    ḘṀṨẐẮỖ ἜἾ Ὸᾜ Ῥ
      T НЁѪҘӀӦԈԽՑⅭ      Ｔ                                ƢǑǺȢ Ɖ  Ʒ  ḚṂṪẒẰỘ ἝἿ Όᾝῌ
      U ОЂѬҚӁӨԊԾՒⅮ      Ｕ                                ƤǓǼȤ Ɗ     ḜṄṬẔẲỚ  Ὀ Ὺᾞ
      V ПЃѮҜӃӪԌԿՓⅯ      Ｖ                                ƧǕǾȦ   ƦɁ  ḞṆṮ ẴỜ  Ὁ Ύᾟ
      W РЄѰҞӅӬԎՀՔ       Ｗ                                 ǗȀȨ Ə     ḠṈṰ ẶỞ  ὊὨῺᾨ
      X СЅѲҠӇӮ ՁՕ       Ｘ                                 ǙȂȪ       ḢṊṲ ẸỠ  ὋὩΏᾩ
      Y ТІѴҢӉӰ Ղ        Ｙ                                ƬǛȄȬ ƐƜƩ   ḤṌṴ ẺỢ ἨὌὪ ᾪῘῼ
      Z УЇѶҤӋӲ Ճ        Ｚ                                ƯƎȆȮ       ḦṎṶ ẼỤ ἩὍὫ ᾫῙ
      a                 ａ
      b                 ｂ
      c                 ｃ
      d                 ｄ
      e                 ｅ
      f                 ｆ
      g афјѹҧӎӵ մⅰ      ｇ                                ƀƴǟȉȱ ɝɱʅʙʭḁḩṑṹẛếủἀἢ ὤᾀᾤῒ
      h бхљѻҩ ӷայⅱ      ｈ                                ƃƶǡȋȳ ɞɲʆʚʮḃḫṓṻ ềứἁἣ ὥᾁᾥΐῶ
      i вцњѽҫӑӹբնⅲ      ｉ                                ƅƹǣȍȴ ɟɳʇʛʯḅḭṕṽ ểừἂἤ ὦᾂᾦ ῷ
      j гчћѿҭӓ գշⅳ      ｊ                                ƈƺǥȏȵ ɠɴʈʜ ḇḯṗṿ ễửἃἥ ὧᾃᾧ
      k дшќҁүӕ դոⅴ      ｋ                                ƌƻǧȑȶ ɡɵʉʝ ḉḱṙẁ ệữἄἦὐὰᾄᾰῖ
      l ещѝ ұӗ եչⅵ      ｌ                                ƍ ǩȓȷ ɢɶʊʞ ḋḳṛẃạỉựἅἧὑάᾅᾱῗ
      m жъўҋҳә զպⅶ      ｍ                                ƒƾǫȕȸ ɣɷʋʟ ḍḵṝẅảịỳἆἰὒὲᾆᾲ
      n зыџҍҵӛ էջⅷ      ｎ                                ƕƽǭȗȹɐɤɸʌʠ ḏḷṟẇấọỵἇἱὓέᾇᾳῠ
      o иьѡҏҷӝ ըռⅸ      ｏ                                ƙǆǯș ɑɥɹʍʡ ḑḹṡẉầỏỷἐἲὔὴᾐᾴῡ
      p йэѣґҹӟԁթսⅹ      ｐ                                ƚǉǰțȼɒɦɺʎʢ ḓḻṣẋẩốỹἑἳὕήᾑ ῢ
      q кюѥғһӡԃժվⅺ      ｑ                                ƛǌǳȝ ɓɧɻʏʣ ḕḽṥẍẫồ ἒἴὖὶᾒᾶΰ
      r ляѧҕҽӣԅիտⅻ      ｒ                                ƞǎǵȟȿɔɨɼʐʤ ḗḿṧẏậổ ἓἵὗίᾓᾷῤ
      s мѐѩҗҿӥԇլրⅼ      ｓ                                ơǐǹȡɀɕɩɽʑʥ ḙṁṩẑắỗ ἔἶ ὸᾔῂῥ
      t нёѫҙ ӧԉխցⅽ      ｔ                                ƣǒǻȣ ɖɪɾʒʦ ḛṃṫẓằộ ἕἷ όᾕῃῦ
      u ођѭқӂөԋծւⅾ      ｕ                                ƥǔǽȥ ɗɫɿʓʧ ḝṅṭẕẳớ  ὀ ὺᾖῄῧ
      v пѓѯҝӄӫԍկփⅿ      ｖ                                ƨǖǿȧ ɘɬʀʔʨ ḟṇṯẖẵờ  ὁ ύᾗ
      w рєѱҟӆӭԏհք       ｗ                                ƪǘȁȩ əɭʁʕʩ ḡṉṱẗặở  ὂὠὼᾠῆ
      x сѕѳҡӈӯ ձօ       ｘ                                ƫǚȃȫ ɚɮʂʖʪ ḣṋṳẘẹỡ  ὃὡώᾡῇῲ
      y тіѵңӊӱ ղ        ｙ                                ƭǜȅȭ ɛɯʃʗʫ ḥṍṵẙẻợ ἠὄὢ ᾢῐῳ
      z уїѷҥӌӳ ճ        ｚ                                ưǝȇȯ ɜɰʄʘʬ ḧṏṷẚẽụ ἡὅὣ ᾣῑ
      """;

  private static final Map<String, Character> LETTERS = letters();
  private static final int HEX = 5;

  private FileNameLetters() {}

  private static Map<String, Character> letters() {
    Map<String, Character> letters = new HashMap<>();
    SHORT
        .lines()
        .forEach(
            line -> {
              for (int place = 2; place < line.length(); place++) {
                if (line.charAt(place) != ' ') {
                  String signs = "@" + line.charAt(0) + (char) ('0' + place - 2);
                  letters.put(signs, line.charAt(place));
                }
              }
            });
    return letters;
  }

  /** What is spelled so; empty when it is no spelling of these servers. */
  static Optional<String> read(String spelled) {
    StringBuilder read = new StringBuilder();
    int at = 0;
    while (at < spelled.length()) {
      Character common = LETTERS.get(part(spelled, at, 3));
      if (isPlain(spelled.charAt(at))) {
        read.append(spelled.charAt(at));
        at++;
      } else if (common != null) {
        read.append(common.charValue());
        at += 3;
      } else if (part(spelled, at, HEX).matches("@[0-9a-fA-F]{4}")) {
        read.append((char) Integer.parseInt(spelled.substring(at + 1, at + HEX), 16));
        at += HEX;
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(read.toString());
  }

  private static String part(String text, int from, int length) {
    return text.substring(from, Math.min(text.length(), from + length));
  }

  private static boolean isPlain(char sign) {
    return sign == '_' || (sign < 128 && Character.isLetterOrDigit(sign));
  }
}
