/** A link that leaves Sallyport; it opens beside it and says so. */
import { Anchor } from "@mantine/core";
import { IconExternalLink } from "@tabler/icons-react";
import type { ReactNode } from "react";

export function OutsideLink({ href, children }: { readonly href: string; readonly children: ReactNode }) {
  return (
    <Anchor href={href} target="_blank" rel="noreferrer" inline fz="inherit">
      {children}
      <IconExternalLink size={13} aria-label="opens in a new tab" style={{ marginLeft: 4, verticalAlign: "-1px" }} />
    </Anchor>
  );
}
