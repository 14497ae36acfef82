/** Template functions on addresses: put together from their parts, and taken apart. */
import type { Node } from "../../node.ts";
import { type Call, type FunctionTable, strict } from "../call.ts";
import { concatenated } from "../concatenated.ts";
import { isNull, isNumber, isText, objectOf, scalarOf, unknownOf } from "../values.ts";
import { decoded, onText, onTwoTexts } from "./string.ts";

export const uriFunctions: FunctionTable = {
  builduri: strict(([parts], call) =>
    parts?.is === "block" ? built((key) => parts.get(key)?.value, call) : undefined,
  ),
  parseuri: strict(([text], call) => (isText(text) ? parsed(text.value, call) : undefined)),
  uri: onTwoTexts((start, rest) => URL.parse(rest, start)?.href),
  uricomponent: onText(encoded),
  uricomponenttostring: onText((text) => decoded(text)),
};

/** Ports that an address does not name. */
const usualPorts: Readonly<Record<string, number>> = { http: 80, https: 443, ftp: 21 };

/** All but what RFC 3986 leaves as it is, also the signs that `encodeURIComponent` keeps. */
function encoded(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

function built(partNamed: (key: string) => Node | undefined, { at }: Call): Node | undefined {
  const [scheme, host, port, path, query] = ["scheme", "host", "port", "path", "query"].map(partNamed);
  if (!scheme || !host) return undefined;
  const usual = isNumber(port) && isText(scheme) && usualPorts[scheme.value.toLowerCase()] === port.value;
  const parts = [scheme, scalarOf(at, "://"), host];
  if (port && !isNull(port) && !usual) parts.push(scalarOf(at, ":"), port);
  for (const part of [path, query]) if (part && !isNull(part)) parts.push(part);
  return concatenated(parts, at);
}

function parsed(text: string, { at }: Call): Node | undefined {
  const [, scheme, host, port, path = "", query = ""] =
    /^([A-Za-z][\w+.-]*):\/\/([^/?#:@]*)(?::(\d{1,5}))?([^?#]*)(\?[^#]*)?/.exec(text) ?? [];
  if (scheme === undefined || host === undefined) return undefined;
  return objectOf(at, [
    ["scheme", scalarOf(at, scheme)],
    ["host", scalarOf(at, host)],
    ["port", port === undefined ? unknownOf(at, "the address names no port") : scalarOf(at, Number(port))],
    ["path", scalarOf(at, path)],
    ["query", scalarOf(at, query)],
  ]);
}
