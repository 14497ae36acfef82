/** A state in a word: an icon, a colour and the word itself, so that no one of them must carry it alone. */
import {
  IconAlertTriangle,
  IconBan,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleDot,
  IconCircleX,
  IconLoader2,
} from "@tabler/icons-react";
import type { ReactNode } from "react";
import classes from "./tag.module.css";

export type Tone = "open" | "good" | "busy" | "warning" | "bad" | "off" | "quiet";

const icons = {
  open: IconCircleDot,
  good: IconCircleCheck,
  busy: IconLoader2,
  warning: IconAlertTriangle,
  bad: IconCircleX,
  off: IconBan,
  quiet: IconCircleDashed,
};

export function Tag({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) {
  const Icon = icons[tone];
  return (
    <span className={`${classes.tag} ${classes[tone]}`}>
      <Icon size={15} stroke={1.9} aria-hidden="true" />
      {children}
    </span>
  );
}

/** A fact about a thing, without a judgement: disabled, fork, draft. */
export function Badge({ children }: { readonly children: ReactNode }) {
  return <span className={classes.badge}>{children}</span>;
}
