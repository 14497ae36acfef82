/**
 * Signs that mean something wherever they stand; `!12`, a pull request; a point within a word, for a host becomes a link; and what
 * makes a line a heading or an item of a list. All others stay bare: mails show a comment as it is written.
 */
const markup = /[\\`*_[\]#|<>@~$&]|!(?=\d)|\.(?=\S)|(?<=^\s*)[-+=]|(?<=^\s*\d{1,9})[.)]/g;

/** Text of a repository inside Markdown: whatever a file's name holds, it is shown as it is written, and links to nothing. */
export function escapeMarkdown(text: string): string {
  return oneLine(text).replace(markup, "\\$&");
}

/** As code: fenced with more backticks than the text holds. */
export function markdownCode(text: string): string {
  const line = oneLine(text);
  const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  return longest > 0 ? `${fence} ${line} ${fence}` : `${fence}${line}${fence}`;
}

/** Sentences of rules: what stands in backticks is code, the rest is shown as it is written. */
export function markdownProse(text: string): string {
  const parts = text.split(/`([^`\n]+)`/);
  return parts.map((part, at) => (at % 2 === 1 ? markdownCode(part) : escapeMarkdown(part))).join("");
}

/** What turns the direction of writing round would show another name than the file has: it is written out. */
function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, " ")
    .replace(/\p{Bidi_Control}/gu, (sign) => `U+${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`);
}
