/** One line on a terminal that says what an update is doing, and nothing anywhere else. */
import type { KnowledgeProgress } from "#knowledge/update/journal.ts";

export interface AdvisoryProgress {
  readonly show: (progress: KnowledgeProgress) => void;
  readonly end: () => void;
}

export function openAdvisoryProgress(quiet: boolean): AdvisoryProgress {
  if (quiet || !process.stderr.isTTY) return { show: () => {}, end: () => {} };
  let last = 0;
  return {
    show(progress) {
      const now = performance.now();
      if (now - last < 100) return;
      last = now;
      process.stderr.write(`\r\u001b[K${lineOf(progress).slice(0, Math.max(20, process.stderr.columns - 1))}`);
    },
    end: () => process.stderr.write("\r\u001b[K"),
  };
}

const doing = { download: "fetching", records: "fetching single records of", build: "building" };

function lineOf({ source, step, what, done, total }: KnowledgeProgress): string {
  const share = total === undefined || total === 0 ? "" : `, ${Math.floor((done / total) * 100)} %`;
  const amount = step === "download" ? `${(done / 1024 ** 2).toFixed(1)} MB` : `${done.toLocaleString("en")} records`;
  return `${source}: ${doing[step]} ${what} (${amount}${share})`;
}
