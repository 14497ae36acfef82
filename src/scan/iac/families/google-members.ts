/**
 * Who gets a role on a resource of Google Cloud. Bindings list `members`, single grants have a `member`; both are read the
 * same. What is not known is no finding, but a reference to a default service account is known for what it is.
 */
import { readJson } from "../../formats/json/read-json.ts";
import type { Node } from "../../formats/node.ts";
import { type Condition, check, nodeAt, nodesAt } from "../condition.ts";
import { literalText } from "../literal-text.ts";
import type { Policy } from "../policy.ts";
import { plainOf } from "../value-conditions.ts";
import { failAt, notApplicable, passAt, passed, unknownAt } from "../verdict.ts";

/** A member that no policy wants; undefined: not known. */
type Unwanted = (member: Node) => boolean | undefined;

const everybody = new Set(["allUsers", "allAuthenticatedUsers"]);

/** Nobody unwanted among the members at these paths. */
function nobody(paths: readonly string[], unwanted: Unwanted, words: string): Condition {
  return check((_, node) => {
    let unclear = paths
      .map((path) => nodeAt(node, path))
      .find((found) => found?.is === "list" && found.open !== undefined);
    for (const member of paths.flatMap((path) => nodesAt(node, path))) {
      const is = unwanted(member);
      if (is) return failAt(member, `${literalText(member)} ${words}`);
      if (is === undefined) unclear ??= member;
    }
    if (unclear) return unknownAt(unclear.at, unclear.is === "unknown" ? unclear.reason : "a member is not known");
    return nodesAt(node, paths).length > 0 ? passAt(node.at) : passed;
  });
}

function isEverybody(member: Node): boolean | undefined {
  // A text of which a part is known, as in `user:${...}`, is a certain somebody.
  if (member.is === "unknown") return member.text?.replaceAll(/\$\{[^}]*\}/g, "") ? false : undefined;
  return everybody.has(String(plainOf(member)));
}

/** Neither everybody nor everybody with a Google account is a member. */
export const membersAreNotPublic: Condition = nobody(["member", "members"], isEverybody, "is anybody on the internet");

/** The same of a whole policy, which is a document at this path. */
export function documentIsNotPublic(path: string): Condition {
  const ofBindings = nobody(["bindings.members"], isEverybody, "is anybody on the internet");
  return check((resource, node) => {
    const written = nodeAt(node, path);
    if (written === undefined) return notApplicable;
    const document = documentOf(written);
    if (document === undefined) return unknownAt(written.at, "the document cannot be read");
    // Places in a text are not those of the file.
    return { ...ofBindings(document, resource), at: written.at };
  });
}

function documentOf(node: Node): Node | undefined {
  if (node.is === "block" || node.is === "list") return node;
  if (node.content) return node.content;
  const text = node.is === "unknown" ? node.text : node.value;
  if (typeof text !== "string" || !text.includes("{")) return undefined;
  const { node: parsed } = readJson({ path: node.at.file.path, text });
  return parsed?.is === "block" ? parsed : undefined;
}

/** `on` of a policy: bindings and single grants of these resources. */
export function onGrants(resources: readonly string[], condition: Condition): Policy["on"] {
  return Object.fromEntries(
    resources.flatMap((name) => [
      [`tf:${name}_iam_binding`, condition],
      [`tf:${name}_iam_member`, condition],
    ]),
  );
}

/** No member is a single person. */
export const membersAreNoPersons: Condition = nobody(
  ["member", "members"],
  (member) => {
    const text = member.is === "unknown" ? member.text : String(plainOf(member));
    return text === undefined || /^\$\{/.test(text) ? undefined : text.startsWith("user:");
  },
  "is a single person",
);

/** No member is a service account that somebody made for a workload. */
export const membersAreNoServiceAccounts: Condition = nobody(
  ["member", "members"],
  (member) => {
    if (member.is !== "unknown") return String(plainOf(member)).endsWith(".iam.gserviceaccount.com");
    if (member.refs.some((ref) => /(?:^|\.)google_service_account\./.test(ref))) return true;
    return /\.iam\.gserviceaccount\.com$/.test(member.text ?? "") ? true : undefined;
  },
  "is a service account",
);

/** Accounts that Google makes for every project, with far too many rights. */
const defaultAccount = /(?:-compute@developer|@appspot)\.gserviceaccount\.com$/;
const defaultAccountReference =
  /(?:^|\.)data\.google_(?:compute|app_engine)_default_service_account\.|(?:^|\.)google_project_default_service_accounts\./;

/** No member is a default service account. */
export const membersAreOwnAccounts: Condition = nobody(
  ["member", "members"],
  (member) => {
    if (member.is !== "unknown") return defaultAccount.test(String(plainOf(member)));
    if (member.refs.some((ref) => defaultAccountReference.test(`${ref}.`))) return true;
    return member.text !== undefined && defaultAccount.test(member.text) ? true : undefined;
  },
  "is a default service account",
);
