/** Commands that run what they have just fetched, in Dockerfiles and in steps of pipelines. */
import type { Command, Word } from "./commands.ts";

const fetching = /^(?:curl|wget|iwr|Invoke-WebRequest)$/;
const running = /^(?:(?:ba|da|a|z|k|fi)?sh|python[\d.]*|perl|ruby|node|php|source|\.|eval|pwsh)$/;
const fetchedWord = /^(?:<\(|\$\(|`)\s*(?:sudo\s+)?(?:curl|wget)\b/;

/** `curl ... | sh`, `bash <(curl ...)`, `sh -c "$(curl ...)"`, `eval "$(wget ...)"`. */
export function runsDownload({ program, words, pipedFrom }: Command): boolean | Word | undefined {
  if (!running.test(program)) return undefined;
  // python -m json.tool, node -e "..." and the like read data from the pipe, not a program.
  const readsProgram = words.every(({ text }) => text === "-" || text === "/dev/stdin" || /^-(?!-$|[mec]$)/.test(text));
  const isShell = /^(?:ba|da|a|z|k|fi)?sh$/.test(program);
  const takesProgram = isShell ? !words.some(({ text }) => /^-\w*c$/.test(text)) && !runsFile(words) : readsProgram;
  if (pipedFrom.some((name) => fetching.test(name)) && takesProgram) return true;
  return words.find(({ text }) => fetchedWord.test(text));
}

/** `sh script.sh` reads the script; `bash -s -- --yes` and `sh -` read what is piped. */
function runsFile(words: readonly Word[]): boolean {
  const first = words.find(({ text }) => !text.startsWith("-") || text === "-");
  const fromPipe = words.some(({ text }) => /^-\w*s$/.test(text) || text === "-" || text === "--");
  return first !== undefined && !fromPipe && first.text !== "/dev/stdin";
}
