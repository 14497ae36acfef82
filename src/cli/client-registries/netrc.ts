/**
 * Reads the logins of `.netrc`, by host. An entry `default`, which would show one password to every host, is left out, and so
 * are macros.
 */
import type { SecretValue } from "#model/secret-value.ts";
import { loginOf } from "./feed-address.ts";

export type NetrcLogins = ReadonlyMap<string, SecretValue>;

interface Entry {
  login?: string;
  password?: string;
}

export function readNetrc(text: string): NetrcLogins {
  const entries = new Map<string, Entry>();
  let entry: Entry = {};
  const words = wordsOf(text);
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at];
    if (word === "default") entry = {};
    else if (word === "machine" || word === "login" || word === "user" || word === "account" || word === "password") {
      at += 1;
      const value = words[at] ?? "";
      if (word === "machine") {
        entry = {};
        // The first one counts.
        if (!entries.has(value)) entries.set(value, entry);
      } else if (word === "password") entry.password = value;
      else if (word !== "account") entry.login = value;
    }
  }
  const logins = new Map<string, SecretValue>();
  for (const [host, { login = "", password }] of entries)
    if (password !== undefined) logins.set(host.toLowerCase(), loginOf(login, password));
  return logins;
}

/** A macro goes on to the next empty line. */
function wordsOf(text: string): readonly string[] {
  const words: string[] = [];
  let isMacro = false;
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === "") isMacro = false;
    if (isMacro || /^\s*#/.test(line)) continue;
    for (const [word, quoted] of line.matchAll(/"((?:[^"\\]|\\.)*)"|[^\s"][^\s]*/g)) {
      if (word === "macdef") isMacro = true;
      if (isMacro) break;
      words.push(quoted === undefined ? word : quoted.replace(/\\(.)/g, "$1"));
    }
  }
  return words;
}
