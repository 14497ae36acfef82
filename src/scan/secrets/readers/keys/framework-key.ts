/** The signing keys of web frameworks: settings that nothing but such a key stands in. Asks for randomness, not for a form. */

import { readAssignment } from "../../assignments/read-assignment.ts";
import { placeholderReason } from "../../judgement/placeholders.ts";
import { noBareSecretReason, noSecretReason } from "../../judgement/value-refusals.ts";
import { entropy } from "../../scoring/entropy.ts";
import { type Hit, noProposal, type Proposal, type View } from "../../text/view.ts";

const names =
  /^(?:(?:DJANGO|FLASK|RAILS|LARAVEL|SESSION)_)?SECRET_KEY(?:_BASE|_FALLBACKS)?$|^(?:RAILS_)?(?:secret_key_base|secret_token)$|^APP_KEY$/i;

/** `define('AUTH_KEY', '...')` of wp-config.php; the value holds every sign but its own quote. */
export function readWordPressSalt({ bytes }: View, hit: Hit): Proposal {
  const text = bytes.toString("latin1", hit.end, Math.min(bytes.length, hit.end + 300));
  const match = /^(["']\s{0,4},\s{0,40}(["']))([^\r\n]{20,128}?)\2\s{0,8}\)/.exec(text);
  const value = match?.[3] ?? "";
  if (entropy(value) < 3.8 || /put your|unique phrase|generate/i.test(value)) return noProposal;
  // Templates' signs stand in real salts, too: only words and walks say "made up" here.
  if (placeholderReason(value.replace(/\W/g, "")) !== undefined) return noProposal;
  const start = hit.end + match![1]!.length;
  const end = start + value.length;
  return { candidates: [{ start, end, proven: true, signals: ["setting of wp-config.php"] }], skipTo: end };
}

/** `SECRET_KEY = "..."`, `secret_key_base: ...`, `APP_KEY=base64:...` */
export function readFrameworkKey(view: View, hit: Hit): Proposal {
  const found = readAssignment(view, hit);
  if (found === undefined || !names.test(found.name) || found.syntax === "comparison") return noProposal;
  // Programs write texts in quotes; what stands there without is looked up or made.
  if (!found.quoted && view.facts.kind === "code" && view.facts.format !== "shell") return noProposal;
  // `def __init__(self, secret_token):` and what the function does.
  if (/^\W{0,3}\)/.test(view.bytes.toString("latin1", hit.end, found.start))) return noProposal;
  const value = view.bytes.toString("utf8", found.start, found.end);
  const body = value.replace(/^base64:|^django-insecure-/, "");
  // Chance draws such keys from the letters of ASCII; notes in other scripts say what to write there.
  if (/[^\x20-\x7e]/.test(body)) return noProposal;
  if (body.length < 20 || value.length > 256 || entropy(body) < 3.2) return noProposal;
  const reason = found.quoted ? noSecretReason(body) : noBareSecretReason(body);
  if (reason !== undefined || isLabel(body, found.name)) return noProposal;
  const signals = [`the setting is "${found.name}"`];
  return { candidates: [{ start: found.start, end: found.end, proven: true, signals }], skipTo: found.end };
}

/** `shop_tests_secret_key`: words, the setting's own among them. */
function isLabel(value: string, name: string): boolean {
  return (
    /^[a-z]+(?:[ _-][a-z]+)+$/i.test(value) && value.toLowerCase().replace(/[ -]/g, "_").includes(name.toLowerCase())
  );
}
