/** What was decided about a rule, in a word; where instances differ it says in how many. */
import { useQuery } from "@tanstack/react-query";
import type { RuleDetail } from "#api/rules/contract.ts";
import { ask } from "../../api.ts";
import { severityLabels } from "../../ui/severity.tsx";
import { Tag } from "../../ui/tag.tsx";
import classes from "./rules.module.css";

export function SettingsInShort({ rule: { settings } }: { readonly rule: Pick<RuleDetail, "settings"> }) {
  const instances = useQuery(ask.instances()).data?.rows.length ?? 1;
  const off = settings.filter(({ enabled }) => !enabled);
  const grades = settings.flatMap(({ enabled, severity }) => (enabled && severity !== null ? [severity] : []));
  const [grade] = grades;
  const sayIn = (count: number) => (count < instances ? ` in ${count} of ${instances}` : "");
  if (off.length > 0) return <Tag tone="off">Off{sayIn(off.length)}</Tag>;
  if (grade === undefined) return <span className={classes.quiet}>On</span>;
  const isOne = grades.length === instances && new Set(grades).size === 1;
  return (
    <Tag tone="warning">
      Graded{isOne ? ` ${severityLabels[grade].toLowerCase()}` : sayIn(grades.length) || " otherwise"}
    </Tag>
  );
}
