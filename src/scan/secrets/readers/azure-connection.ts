/** Connection strings of Azure's services: `AccountKey=`, `SharedAccessKey=`, `AccessKey=` and `Secret=`, escaped or not. */
import { type Hit, noProposal, type Proposal, type View, windowText } from "../view.ts";
import { readForward } from "./escaped-text.ts";

const longestKey = 104;
/** 32, 39, 40 and 64 bytes in base64. */
const usualLengths: readonly number[] = [44, 52, 56, 88];
const annotated = /^[A-Za-z0-9]{52}JQQJ9[9DH][A-Za-z0-9]{26}(?:[A-Za-z0-9]{2}==)?$/;
const sign = /^(?:["'\\]{0,2}[ \t]*(?:=|%3D)[ \t]*["'\\]{0,2})/i;
const endpoint =
  /endpoint|hostname|accountname|sharedaccesskeyname|azconfig\.io|signalr\.net|webpubsub\.azure|communication\.azure|servicebus|azure-devices|core\.windows/;
/** Whoever registers a device may choose its key, and older stores had keys of other lengths. */
const anyLength = /hostname|azure-devices|azconfig\.io/;

/** The hit is the name; what follows is its value in a list with semicolons. */
export function readAzureKey(view: View, hit: Hit): Proposal {
  const { bytes } = view;
  const between = bytes[hit.end - 1] === 0x3d ? "" : sign.exec(bytes.toString("latin1", hit.end, hit.end + 12))?.[0];
  if (between === undefined) return noProposal;
  const start = hit.end + between.length;
  const { text, offset: end } = readForward(bytes, start, longestKey);
  const value = text.replaceAll("-", "+").replaceAll("_", "/");
  if (!/^[A-Za-z0-9+/]{16,}={0,2}$/.test(value)) return noProposal;
  const around = `${windowText(view, hit.start - 300, hit.start)}|${windowText(view, end, end + 160)}`;
  if (!/[;"'&]\s*$/.test(around.slice(0, around.indexOf("|"))) && !endpoint.test(around)) return noProposal;
  const known = usualLengths.includes(value.length) || annotated.test(text);
  const chosen = value.length % 4 === 0 && value.length >= 24 && anyLength.test(around) && /\d/.test(value);
  if (!known && !chosen) return noProposal;
  // `Secret=` and `AccessKey=` are names of many things: only beside an endpoint they are Azure's.
  const name = bytes.toString("latin1", hit.start, hit.end).toLowerCase();
  if ((name === "secret=" || name === "accesskey") && !endpoint.test(around)) return noProposal;
  const normalised = annotated.test(text) ? text : value;
  return { candidates: [{ start, end, normalised, signals: ["key of a connection string"] }], skipTo: end };
}
