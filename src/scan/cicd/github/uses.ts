/** What a `uses` names: an action or a workflow, elsewhere or in the repository itself, or an image. */

export type Uses =
  | { readonly is: "local" }
  | { readonly is: "image"; readonly image: string }
  | { readonly is: "remote"; readonly name: string; readonly version: string | undefined };

export function readUses(written: string): Uses {
  const text = written.trim();
  if (/^(?:\.{1,2}|\$)\//.test(text)) return { is: "local" };
  if (/^docker:\/\//i.test(text)) return { is: "image", image: text.slice("docker://".length) };
  const mark = text.indexOf("@");
  const name = mark < 0 ? text : text.slice(0, mark);
  return { is: "remote", name: plainName(name), version: mark < 0 ? undefined : text.slice(mark + 1) };
}

/** The action in lower case: `actions/checkout`. Undefined for images, and for what lies in the repository. */
export function actionName(written: string | undefined): string | undefined {
  if (written === undefined) return undefined;
  const uses = readUses(written);
  return uses.is === "remote" ? uses.name : undefined;
}

/** A commit is all that nobody can move. */
export function isCommit(version: string | undefined): boolean {
  return version !== undefined && /^(?:[\da-f]{40}|[\da-f]{64})$/i.test(version);
}

/** `actions/cache/./save/` and `actions/cache/restore/../save` are `actions/cache/save`. */
function plainName(name: string): string {
  const parts: string[] = [];
  for (const part of name.toLowerCase().split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return parts.join("/");
}
