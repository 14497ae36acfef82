/** Lets the keyboard reach what overflows: an element that scrolls sideways takes the focus, one that fits does not. */
import { useEffect, useRef } from "react";

export function useScrollByKeyboard() {
  const scroller = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => {
      if (element.scrollWidth > element.clientWidth) element.tabIndex = 0;
      else element.removeAttribute("tabindex");
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return scroller;
}
