import { isSpan, type Setting, type Span } from "#model/span.ts";

/** `src/a.ts:3:14`, or the name of a setting. */
export function placeText(at: Span | Setting): string {
  return isSpan(at) ? `${at.path}:${at.startLine}:${at.startColumn}` : `${at.setting} of ${at.resource}`;
}
