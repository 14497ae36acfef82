/** What was decided about a policy, in a word. */
import type { RuleDetail } from "#api/rules/contract.ts";
import { severityLabels } from "../../ui/severity.tsx";
import { Tag } from "../../ui/tag.tsx";
import classes from "./policies.module.css";

export function SettingsInShort({ policy: { settings } }: { readonly policy: Pick<RuleDetail, "settings"> }) {
  const off = settings.filter(({ enabled }) => !enabled);
  const graded = settings.flatMap(({ enabled, severity }) => (enabled && severity !== null ? [severity] : []));
  const [grade] = graded;
  if (off.length > 0) return <Tag tone="off">{off.length === 1 ? "Off" : `Off in ${off.length}`}</Tag>;
  if (grade !== undefined) {
    return (
      <Tag tone="warning">
        {new Set(graded).size === 1 ? `Graded ${severityLabels[grade].toLowerCase()}` : "Graded"}
      </Tag>
    );
  }
  return <span className={classes.quiet}>On</span>;
}
