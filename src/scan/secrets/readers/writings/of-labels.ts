/** Labels of passwords in languages in which what kind of password it is stands behind the word: `Senha padrão: v`. */
import { asBytes } from "../../text/small-letters.ts";
import { atEach, behindEach, marked, names, noJoint, type Writing, type Writings } from "./writing.ts";

/** Which one: of the beginning, of all, for a time, of a door. */
const which = [
  "padrão|padrao|inicial|temporári[ao]|provisóri[ao]|mestra|atual|nova|de acesso",
  "por defecto|predeterminada|temporal|maestra|actual|nueva",
  "par défaut|initial|temporaire|provisoire|actuel|maître|d'accès",
  "predefinita|iniziale|temporanea|provvisoria|attuale|di default|di accesso",
  "по умолчанию|по-умолчанию",
  "mặc định|mac dinh|ban đầu",
  "domyślne|domyslne|początkowe|tymczasowe",
  "standaard|varsayılan|bawaan|awal|sementara|default",
].join("|");
/** Whose: `Senha do painel: v`, `Mot de passe pour tous les comptes : v`, `Пароль администратора: v`. */
const whose = [
  "(?:d[aeo]|du|del|della|di|dla|untuk|для|от) \\S{2,20}",
  "(?:pour|para|per)(?: [^\\s:]{1,20}){1,4}?",
  "администратора|пользователя|админа",
].join("|");
const sign = "(?:\\s?(?::|：)| =| (?:é|è|est|es|is|to|là|adalah)(?:\\s?:)?)";
/** In a document; alone, with a digit and a letter, also in a text of a script, whose quote ends it. */
const value =
  `(?:(?<value>(?=[^\\s"'\`]*\\d)(?=[^\\s"'\`]*[A-Za-z])[^\\s"'\`*<|,;()$\\\\]{6,64}?)` +
  `(?=[.,;)]?(?:\\s|["'\`<|]|$))|${marked})`;
const behind = (words: string): Writing => ({
  after: new RegExp(`^${asBytes(`\\*{0,2}${words}\\*{0,2}${sign}\\*{0,2}`)}\\s{1,3}${value}`, "d"),
  kind: "password",
});
const behindKind = behind(`\\s?(?:(?:${which})(?: (?:${whose}))?|(?:${whose}))`);
/** In languages that borrow the word: `Password predefinita: v`. */
const behindBorrowed = behind(`(?: (?:${whose}))?`);

/** `Пароль: v` in a document, a comment or YAML. */
const inOtherWords: Writing = {
  after: new RegExp(`^\\*{0,2}\\s?(?::|${asBytes("：")})\\*{0,2}\\s{0,3}${marked}`, "d"),
  kind: "password",
  mayBeWords: true,
};
/** ``Password: **`v`**``, `Senha: ***v***`; the first two asterisks are the anchor's. */
const emphasized: Writing = {
  after: /^\*?(?<open>["'`]?)(?<value>[^\s"'`*<|\\]{4,64})\k<open>\*{2,3}(?=[.,;)]{0,2}(?:\s|<|\||$))/d,
  isProse: true,
};
const emphasizedPassword: Writing = { ...emphasized, kind: "password" };

/** `默认密码为 v`, ``初始密码`v` ``: what everybody begins with, a number, too. */
const first: Writing = {
  before: new RegExp(`(?:${asBytes("默认|初始|默認|預設")})$`),
  after: new RegExp(
    `^\\s?(?:${asBytes("(?:都|均)?(?:为|是)|為|：")}|:)?\\s{0,2}(?:(?<value>\\d{6,12})(?!\\w)|${marked})`,
    "d",
  ),
  kind: "password",
};
const number = "\\d{5,12}";
/** Signs of a keyboard, a letter among them and not letters alone. */
const typed = "(?=[!-~]*[A-Za-z])(?=[!-~]*[\\d@#!$%^&])(?:(?![\"'`*<|,;()\\\\])[!-~]){6,64}?";
/** `新密码为 v`, ``用户名为 root，密码是`v` ``, also in a text of a script. */
const told: Writing = {
  after: new RegExp(
    `^\\s?(?:${asBytes("为|是|為")})(?:${asBytes("：")}|:)?\\s?(?:(?<open>["'\`])${noJoint}(?<value>${number}|${typed})\\k<open>|` +
      `(?:${asBytes("“|「")})?(?:(?<value>${number})|(?<bare>${typed}))(?=[.,;)!]?(?:\\s|["'\`<\\\\]|$)|${asBytes("，|。|；|、|！|）|”|」")}))`,
    "d",
  ),
  kind: "password",
};
/** `用户名密码：admin/v`, `默认账号/密码: admin / v` */
const ofAccount: Writing = {
  before: new RegExp(`(?:${asBytes("账号|帐号|账户|用户名|用户|帳號")})(?:${asBytes("/|和|与|及|、")})?$`),
  after: new RegExp(
    `^(?:${asBytes("：|为|是")}|:|\\s){1,2}[\\s\`*]{0,4}[A-Za-z][\\w.@-]{1,30}[\`*]{0,3}\\s?[/:]\\s?[\`*]{0,3}` +
      "(?<value>\\d{6,12}|(?=\\S*\\d)(?=\\S*[A-Za-z])[^\\s\"'`*<|,;()\\\\/]{6,64}?)(?=[`*.,;)]{0,2}(?:\\s|[^ -~]|$))",
    "d",
  ),
  kind: "password",
  isProse: true,
};
/** `账号：admin 密码：4711815 。` */
const behindAccount: Writing = {
  before: new RegExp(
    `(?:${asBytes("账号|帐号|账户|用户名|用户|帳號")})(?:${asBytes("：")}|: ?)[\\w.@-]{2,30}(?:${asBytes("，|、|；")}|[ ,/|]){1,3}$`,
  ),
  after: new RegExp(`^(?:${asBytes("：")}|:)\\s?(?<value>\\d{6,12})(?=\\s|[^ -~]|$)`, "d"),
  kind: "password",
  isProse: true,
};

const otherWords = [
  "пароль",
  "Пароль",
  "ПАРОЛЬ",
  "密码",
  "密碼",
  "비밀번호",
  "パスワード",
  "mot de passe",
  "wachtwoord",
  "hasło",
  "şifre",
  "Şifre",
  "mật khẩu",
  "Mật khẩu",
  "mat khau",
  "kata sandi",
];
/** Words that readers of names know: what stands beside them is left. */
const namedWords = ["senha", "contraseña", "contrasena", "clave", "parola", "haslo"];
const borrowed = ["predefinita", "iniziale", "di default", "padrão", "por defecto", "par défaut", "mặc định", "bawaan"];

export const writingsOfLabels: Writings = [
  ...atEach(otherWords.map(asBytes), inOtherWords),
  ...atEach([...otherWords, ...namedWords.map((word) => `${word} `)].map(asBytes), behindKind),
  ...atEach(
    borrowed.map((kind) => asBytes(`password ${kind}`)),
    behindBorrowed,
  ),
  ...atEach(["密码", "密碼"].map(asBytes), first),
  ...atEach(["密码", "密碼"].map(asBytes), told),
  ...atEach(["密码", "密碼"].map(asBytes), ofAccount),
  ...atEach(["密码", "密碼"].map(asBytes), behindAccount),
  ...behindEach(names, [": **"], emphasized),
  ...behindEach(["senha", "parola", "passwort", "clave", asBytes("contraseña")], [": **"], emphasizedPassword),
];
