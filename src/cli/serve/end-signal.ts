/** Waits for the wish to end: Ctrl-C, SIGTERM, or the end of the process that started this one. */

/** Ctrl-C in a terminal reaches a process directly and again through the one that started it. */
const sameMoment = 400;

/** Resolves at the first wish. A second one ends the process at once. */
export function endSignal(): Promise<string> {
  return new Promise((resolve) => {
    let first: number | undefined;
    const wish = (reason: string) => {
      const now = performance.now();
      if (first === undefined) {
        first = now;
        resolve(reason);
      } else if (now - first > sameMoment) {
        process.exit(130);
      }
    };
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => wish(signal));
    if (process.connected) {
      process.once("disconnect", () => {
        if (first === undefined) wish("the starting process ended");
      });
      process.channel?.unref();
    }
  });
}
