/** What proves a statement about settings: fields of answers and lines of files, with their pages and when they were read. */
import type { ResultRow } from "#api/posture/contract.ts";
import classes from "./evidence.module.css";
import { Moment } from "./moment.tsx";
import { OutsideLink } from "./outside-link.tsx";

type EvidenceRow = ResultRow["evidence"][number];

export function Evidence({ evidence }: { readonly evidence: readonly EvidenceRow[] }) {
  if (evidence.length === 0) return null;
  return (
    <ul className={classes.evidence} aria-label="Evidence">
      {evidence.map(({ what, url, at }) => (
        <li key={`${what} ${url}`}>
          {url === null ? (
            <code>{what}</code>
          ) : (
            <OutsideLink href={url}>
              <code>{what}</code>
            </OutsideLink>
          )}
          {at === null ? null : (
            <span className={classes.read}>
              read <Moment at={at} />
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
