/** The columns of the list of rules. */
import { Link } from "@tanstack/react-router";
import type { RuleDetail, RulesQuery } from "#api/rules/contract.ts";
import { Severity } from "../../ui/severity.tsx";
import type { LoadedRows } from "../../ui/split/endless-split.tsx";
import { type ListColumn, RowList } from "../../ui/table/row-list.tsx";
import { Badge } from "../../ui/tag.tsx";
import { frameworkLabels, scannerLabels } from "../../ui/words.ts";
import classes from "./rules.module.css";
import { SettingsInShort } from "./settings-in-short.tsx";

type Sort = NonNullable<RulesQuery["sort"]>;

interface Properties extends LoadedRows<RuleDetail> {
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
}

export function RuleList(properties: Properties) {
  return <RowList label="Rules" className={classes.columns} columns={columns} {...properties} />;
}

const columns: readonly ListColumn<RuleDetail, Sort>[] = [
  {
    label: "Severity",
    by: "severity",
    className: classes.severity,
    cell: ({ severity }) => <Severity severity={severity} wordClassName={classes.severityWord} />,
  },
  {
    label: "Rule",
    by: "title",
    cell: ({ id, title, aliases: [alias] }, link) => (
      <>
        <Link {...link} from="/rules" to="/rules/$" params={{ _splat: id }} search={(before) => before}>
          {title}
        </Link>
        <span className={classes.where}>
          <span className={classes.id}>{id}</span>
          {alias === undefined ? null : <Badge>{alias}</Badge>}
        </span>
      </>
    ),
  },
  {
    label: "Looks at",
    className: classes.looksAt,
    cell: ({ scanner, frameworks, provider }) => (
      <>
        <span className={classes.scanner}>{scannerLabels[scanner]}</span>
        <span className={classes.frameworks}>
          {provider ?? frameworks.map((one) => frameworkLabels[one] ?? one).join(", ")}
        </span>
      </>
    ),
  },
  { label: "Setting", className: classes.setting, cell: (rule) => <SettingsInShort rule={rule} /> },
];
