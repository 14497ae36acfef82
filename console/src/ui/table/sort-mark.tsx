/** Which way a column is sorted; a faint mark says that it could be. */
import { IconArrowDown, IconArrowsSort, IconArrowUp } from "@tabler/icons-react";

export function SortMark({ direction }: { readonly direction: false | "asc" | "desc" }) {
  const Icon = direction === false ? IconArrowsSort : direction === "asc" ? IconArrowUp : IconArrowDown;
  return (
    <Icon size={13} stroke={2} aria-hidden="true" style={{ opacity: direction === false ? 0.35 : 1, flex: "none" }} />
  );
}
