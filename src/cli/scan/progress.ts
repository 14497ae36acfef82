/** A progress bar on a terminal, and nothing anywhere else. */
export interface Progress {
  step(): void;
  /** So many are done. */
  to(done: number): void;
  end(): void;
}

const silent: Progress = { step: () => {}, to: () => {}, end: () => {} };

export async function openProgress(total: number, quiet: boolean, what = "files"): Promise<Progress> {
  if (quiet || !process.stderr.isTTY || total < 2) return silent;
  const { SingleBar } = await import("cli-progress");
  const bar = new SingleBar({
    stream: process.stderr,
    format: `scanning {bar} {percentage}% {value}/{total} ${what}`,
    barCompleteChar: "█",
    barIncompleteChar: "░",
    hideCursor: true,
    clearOnComplete: true,
    fps: 10,
  });
  bar.start(total, 0);
  return { step: () => bar.increment(), to: (done) => bar.update(done), end: () => bar.stop() };
}
