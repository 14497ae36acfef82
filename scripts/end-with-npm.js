// npm runs scripts through a shell that passes no signal on: when npm is told to end, only the shell ends, and what it
// started would stay behind. Started in any other way, a process may outlive its parent.

/** Calls `end` once when npm's shell is gone. */
export function endWithNpm(end) {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    end();
  }, 500);
  timer.unref();
}
