import type { Setting, Span } from "#model/span.ts";

/** A finding's place as the wire carries it: exactly the fields of the contract. */
export function placeOf(at: Span | Setting) {
  if ("path" in at) return spanOf(at);
  return { setting: at.setting, resource: at.resource, ...(at.url === undefined ? {} : { url: at.url }) };
}

export function spanOf({ path, startLine, startColumn, endLine, endColumn }: Span) {
  return { path, startLine, startColumn, endLine, endColumn };
}
