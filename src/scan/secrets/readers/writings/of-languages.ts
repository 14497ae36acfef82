/** Writings that a single language has: COBOL moves a value to a name, Erlang sets what an application reads. */
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

/** By the anchor in small letters. */
export const writingsOfLanguages: Writings = [
  ...atEach(['move "', "move '"], moved),
  ...atEach([" pic ", "\tpic "], pictured),
  ...atEach(["-define("], macro),
  ...atEach(["set_env(", "put_env("], ofApplication),
];
