/** Writings that a single language has: COBOL moves a value to a name, Erlang sets what an application reads, Basic opens a drive. */
import { atEach, literal, type Writing, type Writings } from "./writing.ts";

/** `MOVE 'v' TO WS-PASSWORD` */
const moved: Writing = { after: /^(?<value>[^"'\n]{4,64})["']\s{1,60}TO\s{1,12}(?<name>[\w-]{2,48})/di };
/** `01 WS-PASSWORD PIC X(10) VALUE 'v'.` */
const pictured: Writing = {
  next: "xX",
  name: /([\w-]{2,48})[ \t]{0,40}$/,
  after: new RegExp(`^ ?(?:is )?x[x()\\d]{0,12}\\s{1,40}values?\\s{1,12}(?:is )?${literal}`, "di"),
};

const binary = '(?:<<)?"(?<value>[^"\\\\\\n]{4,80})"';
/** `-define(PASSWORD, "v").` */
const macro: Writing = { after: new RegExp(`^(?<name>\\w{2,48}),\\s{0,8}${binary}`, "d") };
/** `application:set_env(shop, password, <<"v">>)`, `Application.put_env(:shop, :password, "v")` */
const ofApplication: Writing = {
  after: new RegExp(`^:?\\w{1,30},\\s{0,8}:?(?<name>\\w{2,48}),\\s{0,8}${binary}`, "d"),
};

/** `ActiveSheet.Unprotect "v"` of Visual Basic. */
const ofSheet: Writing = { after: /^(?<value>[^"'\n]{4,64})["']/d, kind: "password" };
/** `MapNetworkDrive "Z:", "\\files\shop", False, "ops", "v"` */
const ofDrive: Writing = {
  after: /^[ (]{1,2}"[^"\n]{0,4}",\s?[^,\n]{1,60},\s?\w{0,40},\s?"[^"\n]{1,40}",\s?"(?<value>[^"\n]{4,64})"/d,
  kind: "password",
};
/** `conn.Open "DSN=shop", "ops", "v"` */
const ofDatabase: Writing = {
  after: /^[^"\n]{3,60}",\s?"[^"\n]{1,40}",\s?"(?<value>[^"\n]{4,64})"/d,
  kind: "password",
};

/** By the anchor in small letters. */
export const writingsOfLanguages: Writings = [
  ...atEach(['move "', "move '"], moved),
  ...atEach([" pic ", "\tpic "], pictured),
  ...atEach(["-define("], macro),
  ...atEach(["set_env(", "put_env("], ofApplication),
  ...atEach(['.unprotect "', '.unprotect ("', '.protect "', '.protect password:="'], ofSheet),
  ...atEach(["mapnetworkdrive"], ofDrive),
  ...atEach(['.open "'], ofDatabase),
];
