/** How a scan went, or how far it is. */
import { Progress } from "@mantine/core";
import type { ScanRow } from "#api/scans/contract.ts";
import { useScanProgress } from "../live.ts";
import { sayCount } from "./amounts.ts";
import { Tag } from "./tag.tsx";
import { scanOutcomes } from "./words.ts";

type Shown = Pick<ScanRow, "id" | "outcome">;

export function ScanState({ scan }: { readonly scan: Shown }) {
  if (scan.outcome !== null) {
    const { label, tone } = scanOutcomes[scan.outcome];
    return <Tag tone={tone}>{label}</Tag>;
  }
  return <RunningScan id={scan.id} />;
}

function RunningScan({ id }: { readonly id: string }) {
  const progress = useScanProgress(id);
  if (progress === undefined || progress.total === 0) return <Tag tone="busy">Running</Tag>;
  const percent = Math.min(100, Math.floor((progress.done / progress.total) * 100));
  return (
    <span
      style={{ display: "inline-flex", flexDirection: "column", gap: 4, minWidth: 96 }}
      title={`${sayCount(progress.done)} of ${sayCount(progress.total)} files`}
    >
      <Tag tone="busy">{percent} %</Tag>
      <Progress value={percent} size={3} aria-label="Scan progress" transitionDuration={200} />
    </span>
  );
}
