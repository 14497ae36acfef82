/**
 * What tokens, cookies and sessions are signed with: `JWT_SECRET=v`, `"Jwt": { "Key": "v" }`, `class JwtUtil { … SECRET = "v"`.
 * It is whatever somebody typed, words too, so that only what stands in for one is refused. In tests it may be anything.
 */
import { readAssignment } from "../assignments/read-assignment.ts";
import { type NamedLiteral, readNamedLiteral } from "../assignments/read-named-literal.ts";
import { refusalOf } from "../judgement/literal-refusals.ts";
import { isSigningPhrase, isSigningWord, joined } from "../judgement/signing-phrase.ts";
import { mayBe } from "../paths/path-facts.ts";
import {
  type Candidate,
  type Hit,
  latinText,
  noProposal,
  type Proposal,
  refusedAtSight,
  type View,
} from "../text/view.ts";

/** Bytes of a section or class in which its secret stands. */
const longestSection = 420;

/** The hit is a word of a name, of a section or class, or ends where a list of secrets begins. */
export function readSigningSecret(view: View, hit: Hit): Proposal {
  if (view.facts.sample) return refusedAtSight;
  if (view.bytes[hit.end - 1] === 0x5b) return proposed(listed(view, hit));
  const ofApp = keyOfApp(view, hit);
  if (ofApp !== undefined) return chosen(readNamedLiteral(view, ofApp), isSigningWord);
  const section = sectionAt(view, hit);
  if (section === undefined) {
    const behind = namedBehind(view, hit);
    const literal = readNamedLiteral(view, behind ?? hit);
    const isMeant = literal !== undefined && (behind !== undefined || signs(literal));
    return isMeant ? chosen(literal, isSigningPhrase) : noProposal;
  }
  const isCall = view.bytes[hit.end - 1] === 0x7b;
  return chosen(inSection(view, placesIn(section, hit.end)), isCall ? isSigningWord : isSigningPhrase);
}

/** `app.secret_key = 'v'` and `app.config["SECRET_KEY"] = 'v'` of Flask: where the name stands. */
function keyOfApp({ bytes, facts }: View, { start, end }: Hit): Hit | undefined {
  const name = { start: end - "secret_key".length, end };
  if (!mayBe(facts, "code") || !/secret_key$/i.test(latinText(bytes, name.start, end))) return undefined;
  return /(?:^|[^\w.])app(?:lication)?\.(?:config\[["'](?:jwt_)?)?$/i.test(latinText(bytes, start - 20, name.start))
    ? name
    : undefined;
}

/** Whatever the name says, or seems to say of another thing: `"Key": "ThisIsOurSecret…"`. */
function inSection(view: View, places: readonly Hit[]): NamedLiteral | undefined {
  for (const place of places) {
    const assignment = readAssignment(view, place);
    if (assignment === undefined || (!assignment.quoted && !mayBe(view.facts, "config"))) continue;
    const value = view.bytes.toString("utf8", assignment.start, assignment.end);
    return { assignment, words: [], kind: "secret", value };
  }
  return undefined;
}

function proposed(place: Hit | undefined): Proposal {
  if (place === undefined) return noProposal;
  const candidate: Candidate = { start: place.start, end: place.end, signals: ["signs tokens or sessions"] };
  return { candidates: [candidate], skipTo: place.end };
}

/** `$app->secrets(['v'])` */
function listed({ bytes }: View, { end }: Hit): Hit | undefined {
  const text = latinText(bytes, end, end + 110);
  const value = /^\s{0,8}(["'])([^\s"'\\]{1,40}(?: [^\s"'\\]{1,40}){0,5})\1\s{0,8}[,\]]/.exec(text)?.[2];
  if (value === undefined || !isSigningPhrase(value.replaceAll(" ", "_"))) return undefined;
  const start = end + text.indexOf(value);
  return { start, end: start + value.length };
}

/** `"JwtSettings": {`, `jwt:` and lines below it, `class JwtUtil`, `session({`: what stands in it, as far as it is looked at. */
function sectionAt({ bytes }: View, { start, end }: Hit): string | undefined {
  const text = latinText(bytes, end, end + longestSection);
  if (/\bclass\s{1,4}\w{0,24}$/.test(latinText(bytes, start - 40, start))) return text;
  if (bytes[end - 1] === 0x7b) return text.slice(0, closedAt(text));
  const opened =
    /^\w{0,16}["']?\s{0,4}(?:[:=]|=>)?\s{0,4}\{(?<inside>[^{}]*)/.exec(text)?.groups?.inside ??
    /^\w{0,16}\.register(?:Async)?\(\s{0,40}\{(?<inside>[^{}]*)/.exec(text)?.groups?.inside;
  if (opened !== undefined) return text.slice(0, text.indexOf(opened) + opened.length);
  return /^\w{0,16}:[ \t]{0,4}\r?\n(?:[ \t]{1,40}[\w-]{1,40}:[^\n]{0,200}(?:\n|$)){1,6}/.exec(text)?.[0];
}

/** Where the brace is closed that was opened before the text. */
function closedAt(text: string): number {
  let depth = 1;
  for (const { 0: brace, index } of text.matchAll(/[{}]/g)) {
    depth += brace === "{" ? 1 : -1;
    if (depth === 0) return index;
  }
  return text.length;
}

const namesInSection =
  /(?<![\w.])(?:issuer[-_]?)?(?:secret|key|(?:secret|signing|security|private|base64)[-_]?(?:key|secret)|secret[-_]?or[-_]?(?:private)?[-_]?key)(?=["']?\s{0,8}(?::|=(?!=)))/gi;

function placesIn(section: string, from: number): readonly Hit[] {
  return [...section.matchAll(namesInSection)]
    .slice(0, 3)
    .map(({ 0: name, index }) => ({ start: from + index, end: from + index + name.length }));
}

/** `jwt.secret=v` of settings: where the name stands. */
function namedBehind({ bytes }: View, { end }: Hit): Hit | undefined {
  const path = /^(?:[\w-]{0,16}\.){1,2}(?=(?:base64[-_]?)?(?:secret|signing)(?:[-_]?key)?\s{0,4}[=:])/i.exec(
    latinText(bytes, end, end + 48),
  );
  return path === null ? undefined : { start: end + path[0].length, end: end + path[0].length + 6 };
}

/** By the name alone. What only says key is often the place of something in a store: there a digit has to tell. */
function signs({ words, value }: NamedLiteral): boolean {
  const name = words.join("");
  // Of OAuth 1 a provider issues it.
  if (/id$|name$|url$|header|oauthtokensecret$/.test(name)) return false;
  if (/jwt\w*secret|secret\w*jwt|secretor\w*key|(?:session|cookie|cookies|token|auth)secret(?:key)?$/.test(name))
    return true;
  return /jwt\w*key$|^tokenkey$/.test(name) && /\d/.test(value);
}

function chosen(literal: NamedLiteral | undefined, isMeant: (value: string) => boolean): Proposal {
  if (literal === undefined) return noProposal;
  if (isNumber(literal)) return proposed(literal.assignment);
  if (!isMeant(literal.value)) return noProposal;
  const refusal = refusalOf({ ...literal, value: joined(literal.value), kind: "password" });
  return refusal === undefined ? proposed(literal.assignment) : noProposal;
}

/** `JWT_SECRET=472569`; of what is no more than a secret, `jwtSecretExpires` says something. */
function isNumber({ words, value }: NamedLiteral): boolean {
  return /^\d{5,16}$/.test(value) && /(?:^|secret|key|private)$/.test(words.join(""));
}
