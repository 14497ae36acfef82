/** The latest try of all hooks: how many test notifications arrived, as they arrive. */
import { Progress } from "@mantine/core";
import type { Validation as Report } from "#api/instances/contract.ts";
import { Moment } from "../../ui/moment.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Tag } from "../../ui/tag.tsx";
import classes from "./instance.module.css";

export function Validation({ validation }: { readonly validation: Report }) {
  const { results, finishedAt } = validation;
  const arrived = results.filter((result) => result.state === "arrived").length;
  const failed = results.filter((result) => result.state === "refused" || result.state === "lost").length;
  const total = Math.max(1, results.length);
  return (
    <Panel title={finishedAt === null ? "Trying the hooks" : "Latest try"}>
      <div role="status">
        <Tag tone={finishedAt === null ? "busy" : failed > 0 || results.length === 0 ? "bad" : "good"}>
          {arrived} of {results.length} test notifications arrived
          {failed === 0 ? "" : `, ${failed} did not`}
        </Tag>
      </div>
      <Progress.Root size={6} className={classes.bar}>
        <Progress.Section value={(arrived / total) * 100} color="copper" aria-label="Arrived" />
        <Progress.Section value={(failed / total) * 100} color="red" aria-label="Did not arrive" />
      </Progress.Root>
      <p className={classes.quiet} style={{ margin: "6px 0 0" }}>
        {validation.startedBy}, <Moment at={validation.startedAt} />
      </p>
    </Panel>
  );
}
