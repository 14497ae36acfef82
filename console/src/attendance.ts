/** Whether somebody is at this page. What an open page asks by itself, while nobody is, does not keep them signed in. */

/** Milliseconds after the last sign of somebody in which they are taken to be there still. */
const staysFor = 5 * 60_000;
const signs = ["pointerdown", "pointermove", "keydown", "wheel"] as const;

let lastSign = Date.now();

for (const sign of signs) {
  window.addEventListener(
    sign,
    () => {
      lastSign = Date.now();
    },
    { capture: true, passive: true },
  );
}

export function isAttended(): boolean {
  return Date.now() - lastSign < staysFor;
}
