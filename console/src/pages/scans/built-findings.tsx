/** What a built commit holds: its branch may have no issues here, so they stand with the scan. */
import { IconCircleCheck, IconCircleX } from "@tabler/icons-react";
import type { ScanDetail } from "#api/scans/contract.ts";
import { Empty } from "../../ui/empty.tsx";
import { Severity } from "../../ui/severity.tsx";
import classes from "./scans.module.css";

type BuiltFinding = ScanDetail["findings"][number];

export function BuiltFindings({ scan }: { readonly scan: ScanDetail }) {
  if (scan.findings.length === 0) {
    return <NoFindings outcome={scan.outcome} />;
  }
  return (
    <ul className={classes.findings}>
      {scan.findings.map((finding) => (
        <li key={`${finding.rule} ${sayPlace(finding)} ${finding.message}`}>
          <Severity severity={finding.severity} />
          <div>
            <strong>{finding.title}</strong> {finding.masked === null ? null : <code>{finding.masked}</code>}
            <div className={classes.quiet}>{sayPlace(finding)}</div>
          </div>
        </li>
      ))}
    </ul>
  );
}

function NoFindings({ outcome }: Pick<ScanDetail, "outcome">) {
  if (outcome === "complete" || outcome === "partial") {
    return (
      <Empty icon={IconCircleCheck} title="Nothing was found">
        {outcome === "complete"
          ? "Every file of the built commit was looked at."
          : "Not every file of the built commit could be read: those that could not stand below."}
      </Empty>
    );
  }
  return outcome === null ? (
    <Empty icon={IconCircleCheck} title="Nothing so far">
      The scan is still at work.
    </Empty>
  ) : (
    <Empty icon={IconCircleX} title="It did not come to its end">
      Nobody knows what the built commit holds.
    </Empty>
  );
}

function sayPlace({ at }: BuiltFinding): string {
  return "path" in at ? `${at.path}:${at.startLine}` : `${at.setting} of ${at.resource}`;
}
