/** Connection strings of Azure's services: `AccountKey=`, `SharedAccessKey=`, `AccessKey=` and `Secret=`, escaped or not. */
import { type Hit, noProposal, type Proposal, type View, windowText } from "../../text/view.ts";
import { readForward } from "./escaped-text.ts";

const longestKey = 104;
/** 32, 39, 40 and 64 bytes in base64. */
const usualLengths: readonly number[] = [44, 52, 56, 88];
const annotated = /^[A-Za-z0-9]{52}JQQJ9[9DH][A-Za-z0-9]{26}(?:[A-Za-z0-9]{2}==)?$/;
const sign = /^(?:["'\\]{0,2}[ \t]*(?:=|%3D)[ \t]*["'\\]{0,2})/i;
const endpoint =
  /endpoint|hostname|accountname|sharedaccesskeyname|azconfig\.io|signalr\.net|webpubsub\.azure|communication\.azure|servicebus|azure-devices|core\.windows/;

/** Services whose strings have rules of their own, by what stands in the string. */
const services = {
  devices: /hostname(?:=|%3d)|azure-devices/,
  configuration: /azconfig\.(?:io|azure)/,
  realTime: /service\.signalr\.net|webpubsub\.azure/,
} as const;
type Service = keyof typeof services;

/** Whoever registers a device may choose its key, and older stores had keys of other lengths. */
const chosenLengths: readonly Service[] = ["devices", "configuration"];

/** The hit is the name; what follows is its value in a list with semicolons. */
function connectionKey(view: View, hit: Hit, wanted: Service | undefined): Proposal {
  const { bytes } = view;
  const name = bytes.toString("latin1", hit.start, hit.end).toLowerCase();
  const between = /=$|%3d$/.test(name) ? "" : sign.exec(bytes.toString("latin1", hit.end, hit.end + 12))?.[0];
  if (between === undefined) return noProposal;
  const start = hit.end + between.length;
  const { text, offset: end } = readForward(bytes, start, longestKey);
  const value = text.replaceAll("-", "+").replaceAll("_", "/");
  if (!/^[A-Za-z0-9+/]{16,}={0,2}$/.test(value)) return noProposal;
  const before = windowText(view, hit.start - 300, hit.start);
  const around = `${before}|${windowText(view, end, end + 160)}`;
  const service = (Object.keys(services) as readonly Service[]).find((name) => services[name].test(around));
  if (service !== wanted || (!/[;"'&]\s*$/.test(before) && !endpoint.test(around))) return noProposal;
  const known = usualLengths.includes(value.length) || annotated.test(text);
  const chosen = value.length % 4 === 0 && value.length >= 24 && /\d/.test(value);
  if (!known && !(chosen && service !== undefined && chosenLengths.includes(service))) return noProposal;
  // `Secret=` and `AccessKey=` are names of many things: only beside an endpoint they are Azure's.
  if ((name.startsWith("secret") || name === "accesskey") && !endpoint.test(around)) return noProposal;
  const normalised = annotated.test(text) ? text : value;
  return { candidates: [{ start, end, normalised, signals: ["key of a connection string"] }], skipTo: end };
}

/** Storage, Cosmos DB, Service Bus, Event Hubs, Communication Services and whatever has no reader of its own. */
export function readAzureKey(view: View, hit: Hit): Proposal {
  return connectionKey(view, hit, undefined);
}

export function readDeviceKey(view: View, hit: Hit): Proposal {
  return connectionKey(view, hit, "devices");
}

export function readConfigurationKey(view: View, hit: Hit): Proposal {
  return connectionKey(view, hit, "configuration");
}

export function readRealTimeKey(view: View, hit: Hit): Proposal {
  return connectionKey(view, hit, "realTime");
}
