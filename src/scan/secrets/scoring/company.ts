/**
 * What stands around a password: where one signs in with it. Labels, messages and fields of forms stand among their
 * like; a password that is meant stands beside a server's or network's name and a user.
 */
import { companyAfter, companyBefore } from "../assignments/limits.ts";
import { type View, windowText } from "../text/view.ts";

/** A name of a server, network or database, and something that is assigned to it. */
const place =
  /(?:host|server|ssid|database|db_?name|schema|broker|jdbc|dsn|domain|port)\w{0,12}["'\])]*\s*(?:=>|:=|[:=,])\s*["'`]?[\w./-]{2}/;
/** A name of a user, also in other languages, and a literal. */
const person =
  /(?:user|usr|login|mail|account|uid|usuario|correo|benutzer|utilisateur|identifiant|utente|kullanici)\w{0,10}["'\])]*(?:\s*(?:=>|:=|[:=,(])\s*|\s)["'`][^"'`$<{\n]{2}/;

/** A wireless network: its password is a literal in the code of every small device. */
const network = /ssid\w{0,12}["'\])]*\s*(?:=>|:=|[:=,]|\s)\s*["'`][^"'`\n]{2}/;

/** What programs are signed with: the file that holds the key, and the key's name in it. */
const keystore = /(?:store_?file|key_?alias)["'\])]*(?:\s*(?:=>|:=|[:=,(])\s*|\s)(?:["'`]\S|\/|(?:new )?[a-z][\w.]{3})/;

/** In logarithms of odds: beside the name of a wireless network nothing but its password stands. */
const ofNetwork = 4;
/** Beside a server or database one signs in; labels and messages stand elsewhere. */
const ofPlace = 1.5;
/** A user beside it may be a field of a form as well. */
const ofPerson = 0.8;

/** A password that is the user's own name: what a machine or course begins with. */
const ofNamesake = -4;
const named = /(?:user|usr|login|uid|name|alias|account|email|-u)\w{0,10}["'\])]*\s*(?:=>|:=|[:=,(])?\s*["'`]?$/;

/** True if the value is the name of a user beside it, too. */
function isNamesake(text: string, value: string): boolean {
  for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + value.length)) {
    if (!/^\w/.test(text.slice(at + value.length)) && named.test(text.slice(Math.max(0, at - 32), at))) return true;
  }
  return false;
}

/** True if a user beside the literal has its name. */
export function hasNamesake(view: View, start: number, end: number): boolean {
  const text = `${windowText(view, start - companyBefore, start)}\n${windowText(view, end, end + companyAfter)}`;
  return isNamesake(text, windowText(view, start, end));
}

/** True if a server or database stands beside the literal. */
export function hasServer(view: View, start: number, end: number): boolean {
  return place.test(`${windowText(view, start - companyBefore, start)}\n${windowText(view, end, end + companyAfter)}`);
}

/** What the company of a literal adds to the odds that it is a password. */
export function companyOf(view: View, start: number, end: number): number {
  const text = `${windowText(view, start - companyBefore, start)}\n${windowText(view, end, end + companyAfter)}`;
  if (network.test(text)) return ofNetwork;
  if (isNamesake(text, windowText(view, start, end))) return ofNamesake;
  return (place.test(text) ? ofPlace : 0) + (person.test(text) ? ofPerson : 0);
}

/** True if the name of a wireless network stands beside the literal. */
export function hasNetwork(view: View, start: number, end: number): boolean {
  return network.test(
    `${windowText(view, start - companyBefore, start)}\n${windowText(view, end, end + companyAfter)}`,
  );
}

/** True if a store of keys stands beside the literal. */
export function isOfKeystore(view: View, start: number, end: number): boolean {
  return keystore.test(
    `${windowText(view, start - companyBefore, start)}\n${windowText(view, end, end + companyAfter)}`,
  );
}
