/** Leaves a lock file to its own tool: what people write themselves is edited, and why not the rest is said. */
import { editDeclared } from "./edit-declared.ts";
import { type EditAsked, type Edited, refused } from "./package-editor.ts";

/** `why` is a clause. */
export function leftToTool(asked: EditAsked, why: string): Edited {
  const edited = editDeclared(asked);
  const { path } = asked.manifest;
  if (edited.is === "refused") return refused(`${edited.because} ${path} is left as it is: ${why}.`);
  return { ...edited, said: [...edited.said, `${path} is left as it is: ${why}.`] };
}
