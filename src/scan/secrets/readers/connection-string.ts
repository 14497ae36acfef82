/** Semicolon lists: ADO.NET, ODBC, JDBC parameters, Azure services. */

import { isNumberInUse, noPasswordReason } from "../judgement/value-refusals.ts";
import { passwordScore, placedScore } from "../judgement/value-scores.ts";
import { type Candidate, type Hit, noProposal, type Proposal, type View, windowText } from "../text/view.ts";

const server =
  /(^|[;"'\s(])(server|data source|datasource|host|addr|address|network address|tcp:|initial catalog|database|uid|user id|user|username|driver|port)\s*=|jdbc:[a-z]+:/;

/** What the place adds to the odds: such a list names a server, and is written to be used. */
const placeOdds = 2.5;

/** `=v` and what ends an entry. */
function isValueIn(list: string, value: string): boolean {
  for (let at = list.indexOf(value); at >= 0; at = list.indexOf(value, at + 1))
    if (/=\s*$/.test(list.slice(0, at)) && /^\s*(?:[;|"']|$)/.test(list.slice(at + value.length))) return true;
  return false;
}

/** `Password=` or `Pwd=` in a list that also names a server or a user. */
export function readDatabasePassword(view: View, hit: Hit): Proposal {
  const { bytes } = view;
  if (bytes[hit.end] !== 0x3d) return noProposal;
  const start = hit.end + 1;
  const spaced = isSpaced(segmentAround(view, hit.start, start));
  let end = start;
  const most = Math.min(bytes.length, start + 128);
  while (end < most && !isEnd(bytes[end]!) && !(spaced && bytes[end] === 0x20)) end++;
  const value = bytes.toString("utf8", start, end).trim();
  if (value.length < 3 || (!isNumberInUse(value, view.facts) && noPasswordReason(value) !== undefined))
    return noProposal;
  const around = segmentAround(view, hit.start, end);
  if (!spaced && (!around.includes(";") || !server.test(around))) return noProposal;
  // `Username=shop;Password=shop;Database=shop`: a default, or no secret to anybody.
  const repeated = isValueIn(around, value.toLowerCase());
  const score = repeated ? passwordScore(value) : placedScore(value, placeOdds);
  if (score === 0) return noProposal;
  const candidate: Candidate = {
    start,
    end: start + Buffer.byteLength(value),
    score,
    signals: ["password of a connection string"],
  };
  return { candidates: [candidate], skipTo: end };
}

/** `host=db.example user=shop password=v dbname=shop`: libpq parts them by spaces. */
function isSpaced(around: string): boolean {
  if (around.includes(";")) return false;
  const names = around.matchAll(/(?<![\w?&])(host|hostaddr|port|dbname|user|sslmode)=[^\s&]/g);
  return new Set(Array.from(names, ([, name]) => name)).size > 2;
}

function isEnd(byte: number): boolean {
  return (
    byte === 0x3b ||
    byte === 0x22 ||
    byte === 0x27 ||
    byte === 0x0a ||
    byte === 0x0d ||
    byte === 0x60 ||
    byte === 0x3c ||
    byte === 0x26 ||
    byte === 0x5c
  );
}

/** The text of the same line around the password, in lower case; a bar stands for name and password. */
function segmentAround(view: View, start: number, end: number): string {
  const before = windowText(view, start - 300, start);
  const after = windowText(view, end, end + 200);
  return `${before.slice(before.lastIndexOf("\n") + 1)}|${after.split("\n", 1)[0]}`;
}
