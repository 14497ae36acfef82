/** Texts made of values and values made of texts. A text remembers the structure that it was made of. */
import { gunzipSync } from "node:zlib";
import { readJson } from "../../json/read-json.ts";
import type { Node } from "../../node.ts";
import type { Place } from "../../text-file.ts";
import { readYaml } from "../../yaml/read-yaml.ts";
import { limits, refuse, scalar, unknown } from "./answer.ts";
import { type EncodedText, jsonText, yamlText } from "./json-text.ts";
import { placedIn } from "./placed-in.ts";
import { readCsv } from "./read-csv.ts";
import { type FunctionTable, plain, read, structural } from "./terraform-function.ts";

export const encodingFunctions: FunctionTable = {
  base64decode: plain(["string"], (text) => decode(text, "utf-8")),
  base64encode: structural(1, 1, ([node], at) => encodedFrom(node, at)),
  base64gunzip: plain(["string"], gunzip),
  base64gzip: structural(1, 1, (args, at) => unknown("the compressed text is not worked out", args, at)),
  csvdecode: plain(["string"], readCsv),
  jsondecode: structural(1, 1, ([node], at) => decodeWith(node, at, readJsonText)),
  jsonencode: structural(1, 1, ([node], at) => encodeWith(node, at, jsonText)),
  textdecodebase64: plain(["string", "string"], decode),
  textencodebase64: plain(["string", "string"], encode),
  urldecode: plain(["string"], (text) => {
    try {
      return decodeURIComponent(text.replaceAll("+", " "));
    } catch {
      return refuse("the text is no URL encoding");
    }
  }),
  urlencode: plain(["string"], (text) =>
    encodeURIComponent(text.toWellFormed())
      .replaceAll("%20", "+")
      .replace(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`),
  ),
  yamldecode: structural(1, 1, ([node], at) => decodeWith(node, at, readYamlText)),
  yamlencode: structural(1, 1, ([node], at) => encodeWith(node, at, yamlText)),
};

const base64 = plain(["string"], (text) => Buffer.from(text, "utf8").toString("base64"));

/** The text in clear stays readable as its content. */
function encodedFrom(node: Node | undefined, at: Place): Node {
  const encoded = base64.call(node ? [node] : [], at);
  return node && (encoded.is === "scalar" || encoded.is === "unknown") ? { ...encoded, content: node } : encoded;
}

function encodeWith(node: Node | undefined, at: Place, write: (node: Node) => EncodedText): Node {
  if (!node) return unknown("no value was given", [], at);
  const { text, refs, unknown: reason } = write(node);
  if (reason === undefined) return { is: "scalar", at, value: text, content: node };
  return { is: "unknown", at, reason, refs, text, content: node };
}

type Reader = (text: string) => Node | string;

/** What was encoded here is not read again: its values keep their places. */
function decodeWith(node: Node | undefined, at: Place, readText: Reader): Node {
  if (!node) return unknown("no text was given", [], at);
  if ((node.is === "scalar" || node.is === "unknown") && node.content) return node.content;
  const reading = read("string", node);
  if (reading.is !== "value") return unknown(reading.reason, [node], at);
  if (reading.value.length > limits.text) return unknown("the text is too long", [node], at);
  const found = readText(reading.value);
  return typeof found === "string" ? unknown(found, [node], at) : placedIn(found, reading.value, node, at);
}

function readJsonText(text: string): Node | string {
  const { node, problems } = readJson({ path: "", text });
  return problems[0]?.message ?? node ?? "the text is empty";
}

function readYamlText(text: string): Node | string {
  const { documents, problems } = readYaml({ path: "", text });
  if (problems[0]) return problems[0].message;
  if (documents.length > 1) return "the text has more than one YAML document";
  return documents[0]?.node ?? scalar(null, { file: { path: "", text }, start: 0, end: text.length });
}

const charsets: Readonly<Record<string, BufferEncoding>> = {
  "utf-8": "utf8",
  utf8: "utf8",
  "utf-16le": "utf16le",
  "us-ascii": "ascii",
  ascii: "ascii",
  "iso-8859-1": "latin1",
  "windows-1252": "latin1",
};

function decode(text: string, charset: string) {
  const encoding = charsets[charset.toLowerCase()];
  if (encoding === undefined) return refuse(`the charset ${charset} is not known`);
  if (!/^[A-Za-z0-9+/\r\n]*={0,2}\s*$/.test(text)) return refuse("the text is no base64");
  const bytes = Buffer.from(text, "base64");
  if (encoding !== "utf8") return bytes.toString(encoding);
  const decoded = bytes.toString("utf8");
  return decoded.includes("\ufffd") ? refuse("the bytes are no text in UTF-8") : decoded;
}

function encode(text: string, charset: string) {
  const encoding = charsets[charset.toLowerCase()];
  return encoding === undefined
    ? refuse(`the charset ${charset} is not known`)
    : Buffer.from(text, encoding).toString("base64");
}

function gunzip(text: string) {
  try {
    return gunzipSync(Buffer.from(text, "base64"), { maxOutputLength: limits.text }).toString("utf8");
  } catch {
    return refuse("the text is no gzip in base64, or a very large one");
  }
}
