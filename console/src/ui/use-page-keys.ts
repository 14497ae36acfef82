/** Single keys that a page listens to; never while somebody types, nor while a dialog, a menu or a list of choices is open. */
import { useHotkeys } from "@mantine/hooks";

type PageKey = readonly [key: string, act: () => void];

export function usePageKeys(keys: readonly PageKey[]): void {
  useHotkeys(
    keys.map(([key, act]) => [
      key,
      (event) => {
        if (isElsewhere(event.target)) return;
        event.preventDefault();
        act();
      },
      { preventDefault: false },
    ]),
  );
}

/** A dialog that is open takes the keys also where the focus is not in it yet. */
function isElsewhere(target: EventTarget | null): boolean {
  if (document.querySelector('[role="dialog"][aria-modal="true"]') !== null) return true;
  return target instanceof Element && target.closest('[role="dialog"], [role="menu"], [role="listbox"]') !== null;
}
