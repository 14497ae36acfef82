/** Addresses of Azure that carry a signature or a code: shared access signatures, callbacks of workflows, function keys. */
import { otherThanKeys } from "../../judgement/other-things.ts";
import {
  type Candidate,
  type Hit,
  noProposal,
  type Proposal,
  runEnd,
  runStart,
  startsToken,
  type View,
} from "../../text/view.ts";
import { percentDecoded } from "../url.ts";
import { toValueOfEntry } from "./azure-named-keys.ts";

const reach = 600;
/** Of what has the form of a signature while nothing names its service: a hash in an address may have it, too. */
const byFormScore = 66;
/** An escaped signature of 32 bytes, with every character escaped. */
const longestSignature = 140;

function decoded(text: string): string {
  return percentDecoded(text.replace(/\\u0026|&amp;/g, "&").replace(/\\u003[dD]/g, "="));
}

interface Signature {
  readonly start: number;
  readonly end: number;
  /** Decoded. */
  readonly text: string;
  /** As it stands in the file. */
  readonly raw: string;
}

/** 32 bytes in base64 or base64url, escaped or not, behind `sig=`. */
function signatureAt({ bytes }: View, start: number): Signature | undefined {
  const end = runEnd(bytes, "percent", start, longestSignature);
  const raw = bytes.toString("latin1", start, end);
  // `+` stands for itself here: nobody writes a signature as a form does.
  const text = decoded(raw);
  return /^[A-Za-z0-9+/_-]{43}=?$/.test(text) && !/^(.)\1{9}/.test(text) ? { start, end, text, raw } : undefined;
}

/** The text without white space and quotes around a place: an address or a query string. */
function addressAround({ bytes }: View, start: number, end: number): string {
  let from = start;
  while (from > 0 && start - from < reach && !endsAddress(bytes[from - 1]!)) from--;
  let to = end;
  while (to < bytes.length && to - end < reach && !endsAddress(bytes[to]!)) to++;
  return bytes.toString("latin1", from, to);
}

function endsAddress(byte: number): boolean {
  return byte <= 0x20 || byte === 0x22 || byte === 0x27 || byte === 0x60 || byte === 0x3c || byte === 0x3e;
}

/** `sig=` of a query string that also says version, expiry, resource or permissions; the hit is `sig=` or `sig%3D`. */
export function readSas(view: View, hit: Hit): Proposal {
  if (!opensParameter(view, hit.start)) return noProposal;
  const signature = signatureAt(view, hit.end);
  if (signature === undefined) return noProposal;
  const query = decoded(addressAround(view, hit.start, signature.end)).replace(/\\u0026|&amp;/g, "&");
  const storage = /(?:^|[?&;"' ])sv=20\d\d-/.test(query) && /[?&;"' ]s[eprt]r?t?=/.test(query);
  const bus = /(?:^|[?& ])sr=/.test(query) && /[?& ]se=\d/.test(query);
  // Nothing but a signature is escaped like this: 32 bytes, whose padding says so.
  const escaped = /%(?:3D|2B|2F)/i.test(signature.raw) && signature.text.length === 44;
  const padded = signature.text.endsWith("=") && /[A-Z]/.test(signature.text) && /\d/.test(signature.text);
  if (/\/triggers\//.test(query) || (!storage && !bus && !escaped && !padded)) return noProposal;
  const expires = endOf(query);
  const candidate: Candidate = {
    start: signature.start,
    end: signature.end,
    normalised: signature.text,
    ...(!storage && !bus && { score: byFormScore }),
    // The signature covers it: nobody can move the day without the key.
    ...(expires !== undefined && { expires }),
    signals: [
      storage || bus ? "signed query string" : "signature of 32 bytes",
      ...(expires === undefined ? [] : [`valid until ${expires}`]),
    ],
  };
  return { candidates: [candidate], skipTo: signature.end };
}

/** The day of `se=`: written as a date, or by buses and hubs in seconds since 1970. */
function endOf(query: string): string | undefined {
  const [, date, seconds] = /[?&;"' ]se=(?:(\d{4}-\d\d-\d\d)|(\d{9,10})(?!\d))/.exec(query) ?? [];
  return seconds === undefined ? date : new Date(Number(seconds) * 1000).toISOString().slice(0, 10);
}

/** At the start, behind white space, a quote or what parts parameters, also escaped: `\u0026`, `&amp;`, `%26`. */
function opensParameter({ bytes }: View, start: number): boolean {
  const before = bytes.toString("latin1", Math.max(0, start - 6), start);
  return before === "" || /(?:[&?;"'`\s=:(,]|\\u0026|%26|%3F)$/i.test(before);
}

/** `/triggers/` of a workflow's address that is signed. */
export function readWorkflowCallback(view: View, hit: Hit): Proposal {
  const { bytes } = view;
  const address = addressAround(view, hit.start, hit.end);
  if (
    !/logic\.azure\.|powerplatform\.com|powerautomate|azure-api|azurewebsites\.net(?::443)?\/api\/[\w-]{1,80}\/triggers\/|\/workflows\/[0-9a-f]{32}|flow\.microsoft/i.test(
      address,
    )
  ) {
    return noProposal;
  }
  const window = bytes.toString("latin1", hit.end, Math.min(bytes.length, hit.end + reach));
  const sig = /^[^\s"'`<>]{0,500}?(?:[?&]|\\u0026|&amp;)sig=/.exec(window);
  if (sig === null) return noProposal;
  const signature = signatureAt(view, hit.end + sig[0].length);
  if (signature === undefined) return noProposal;
  const { start, end, text } = signature;
  return { candidates: [{ start, end, normalised: text, signals: ["signed address of a workflow"] }], skipTo: end };
}

/** From the name to the value: `"] = "`, `: `, `" => "`, ` string = "`. */
const between =
  /^[\w.-]{0,12}["'`\])\\]{0,3}\s{0,3}(?:(?:string|--value)\s)?(?:=>|:=|\?=|[=:,>|-])?\s{0,3}["'`\\(]{0,3}/;
/** What ends the name that the hit begins; a key is longer. */
const restOfName = /^ ?[\w.-]{0,16}(?![\w.-])/;
const functionWords = /azurewebsites|\/api\/|function|azure|webhook|code=\S{20,}(?:&|$)/i;

/** `?code=` of a function's address, or the `x-functions-key` header; 40 bytes and more in base64. */
export function readFunctionCode(view: View, hit: Hit): Proposal {
  const { bytes } = view;
  const parameter = bytes[hit.end - 1] === 0x3d;
  let start = hit.end;
  if (parameter) {
    if (!/[?&]$|\\u0026$|&amp;$/.test(bytes.toString("latin1", Math.max(0, hit.start - 6), hit.start)))
      return noProposal;
  } else {
    const head = bytes.toString("latin1", start, start + 200);
    if (otherThanKeys.test(restOfName.exec(head)?.[0].toLowerCase() ?? "")) return noProposal;
    start += toValueOfEntry.exec(head)?.[0].length ?? between.exec(head)?.[0].length ?? 0;
  }
  const end = runEnd(bytes, "percent", start, 160);
  const code = decoded(bytes.toString("latin1", start, end));
  // Keys of 32 bytes and more end with padding; without it a code of another service has the same form.
  if (!/^[A-Za-z0-9+/_-]{38,86}={1,2}$/.test(code) || code.length % 4 !== 0) return noProposal;
  if (!/[a-z]/.test(code) || !/[A-Z]/.test(code) || !/\d/.test(code)) return noProposal;
  if (parameter && !functionWords.test(addressAround(view, hit.start, hit.end))) return noProposal;
  const candidate: Candidate = { start, end, normalised: code, signals: ["key of a function's address"] };
  return { candidates: [candidate], skipTo: end };
}

/** The token of a runbook's webhook: the hit ends with `token=`. */
export function readAutomationWebhook(view: View, hit: Hit): Proposal {
  const { bytes } = view;
  const end = runEnd(bytes, "percent", hit.end, 200);
  const token = decoded(bytes.toString("latin1", hit.end, end));
  if (!/^[A-Za-z0-9+/_-]{40,90}={0,2}$/.test(token) || !/\d/.test(token) || !/[A-Z]/.test(token)) return noProposal;
  return { candidates: [{ start: hit.end, end, normalised: token, signals: ["token of a webhook"] }], skipTo: end };
}

const connector =
  /^\/(?:webhookb2|webhook)\/[0-9a-f-]{36}(?:@|%40)[0-9a-f-]{36}\/[A-Za-z0-9]{3,40}\/([0-9a-f]{32}\/[0-9a-f-]{36}(?:\/[A-Za-z0-9_-]{20,80})?)(?![\w-])/i;

/** `https://contoso.webhook.office.com/webhookb2/GUID@GUID/IncomingWebhook/HEX/GUID`; the hit is the host's end. */
export function readTeamsWebhook(view: View, hit: Hit): Proposal {
  const { bytes } = view;
  // Between the two ids an `@` stands, now and then escaped.
  const text = bytes.toString("latin1", hit.end, hit.end + 300);
  const match = connector.exec(text);
  if (match === null) return noProposal;
  const end = hit.end + match[0].length;
  const host = runStart(bytes, "dotted", hit.start, 80);
  const start = startsToken(bytes, host) ? host : hit.start;
  return { candidates: [{ start, end, signals: ["whole address of a connector"] }], skipTo: end };
}
