/** Client secrets of Entra applications without a mark: an application's secret by its name, and Entra near it. */

import { noSecretReason } from "../../judgement/value-refusals.ts";
import { entropy } from "../../scoring/entropy.ts";
import { isUuid } from "../../text/value-forms.ts";
import { type Hit, noProposal, type Proposal, type View, windowText } from "../../text/view.ts";

const around = 400;
const entra =
  /azure|\baad|_aad|aad_|entra|microsoft|tenant|login\.windows|graph\.windows|\bida:|sharepoint|office365|dynamics|service_?principal|\barm_|sts\.windows|msal|adal/;
const value =
  /^(?:[\w.-]{0,24}["'`\]\\)]{0,3})\s{0,4}(?:=>|:=|==|[=:,(>]|\svalue\s{0,2}=|--?\s)?\s{0,6}(?:value\s{0,2}[=:]\s{0,2})?\(?["'`\\]{0,2}([A-Za-z0-9_~.+/=@:?*[\]-]{30,52})/;

/** The hit is the name of a secret, or a part of it. */
export function readEntraSecret(view: View, hit: Hit): Proposal {
  const { bytes } = view;
  const rest = bytes.toString("latin1", hit.end, Math.min(bytes.length, hit.end + 140));
  if (/^[_-]?(?:hash|id|version|etag|checksum|fingerprint|thumbprint|public)/i.test(rest)) return noProposal;
  const match = value.exec(rest);
  const text = match?.[1]?.replace(/[.:?]$/, "");
  if (match === null || text === undefined || !isSecretForm(text)) return noProposal;
  const start = hit.end + match[0].length - match[1]!.length;
  const end = start + text.length;
  const near = `${windowText(view, hit.start - around, start)} ${windowText(view, end, end + around)}`;
  const principal = /app_?id|client_?id/.test(near) && /tenant/.test(near);
  // A password alone is a password; beside an application's id and a tenant it is the application's.
  const name = bytes.toString("latin1", hit.start, hit.end).toLowerCase();
  if (name.includes("password") ? !principal : !entra.test(near)) return noProposal;
  if (isUuid(text) ? !principal : noSecretReason(text) !== undefined) return noProposal;
  // Marked secrets have rules of their own.
  if (/^.{3}[78]Q~/.test(text)) return noProposal;
  return {
    candidates: [{ start, end, signals: ["an application's secret by its name", "Entra ID is named near it"] }],
    skipTo: end,
  };
}

/** 34 unreserved characters, 32 with signs, 44 in base64, or a GUID; all of them random. */
function isSecretForm(text: string): boolean {
  if (isUuid(text)) return true;
  const mixed = /[a-z]/.test(text) && /[A-Z]/.test(text) && /\d/.test(text);
  if (!mixed || entropy(text) < 3.9) return false;
  return /^[A-Za-z0-9+/]{43}=$|^[\w~.-]{34,37}$|^[A-Za-z0-9_~.+/=@:?*[\]-]{32}$/.test(text);
}
