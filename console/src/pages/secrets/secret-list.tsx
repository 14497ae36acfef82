/** The columns of the list of secrets. */
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import type { SecretRow, SecretsQuery } from "#api/secrets/contract.ts";
import type { SecretName } from "../../api.ts";
import { Moment } from "../../ui/moment.tsx";
import { LiveTag, PlaceTag, sayPlaces } from "../../ui/secret-marks.tsx";
import { Severity } from "../../ui/severity.tsx";
import type { LoadedRows } from "../../ui/split/endless-split.tsx";
import { chooseColumn } from "../../ui/table/choose-column.tsx";
import { type ListColumn, RowList } from "../../ui/table/row-list.tsx";
import { Tag } from "../../ui/tag.tsx";
import { sayPlace } from "../../ui/target.ts";
import type { Selection } from "../../ui/use-selection.ts";
import { issueStates } from "../../ui/words.ts";
import classes from "./secrets.module.css";

type Sort = NonNullable<SecretsQuery["sort"]>;

interface Properties extends LoadedRows<SecretRow> {
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
  readonly selection: Selection<SecretRow>;
  readonly onActive: (secret: SecretRow) => void;
}

export function SecretList({ selection, ...properties }: Properties) {
  const { rows } = properties;
  const columns = useMemo(() => [chooseColumn<SecretRow, Sort>(rows, selection, nameOf), ...facts], [rows, selection]);
  return (
    <RowList label="Secrets" className={classes.columns} columns={columns} isChosen={selection.has} {...properties} />
  );
}

/** Many are of one title: the place tells them apart. */
function nameOf({ title, at }: SecretRow): string {
  return `${title} in ${sayPlace(at)}`;
}

/** The same value is another secret in another instance. */
export function secretId({ instanceId, fingerprint }: SecretName): string {
  return `${instanceId}/${fingerprint}`;
}

const facts: readonly ListColumn<SecretRow, Sort>[] = [
  {
    label: "Severity",
    by: "severity",
    className: classes.severity,
    cell: ({ severity }) => <Severity severity={severity} wordClassName={classes.severityWord} />,
  },
  {
    label: "Secret",
    by: "rule",
    cell: ({ instanceId, fingerprint, title, masked, at, repository }, link) => (
      <>
        <span className={classes.first}>
          <Link
            {...link}
            from="/secrets"
            to="/secrets/$instanceId/$fingerprint"
            params={{ instanceId, fingerprint }}
            search={(before) => before}
          >
            {title}
          </Link>
          {masked === null ? null : <code>{masked}</code>}
        </span>
        <span className={classes.second}>
          <span className={classes.repository}>{repository.name}</span>
          <code title={sayPlace(at)}>{sayPlace(at)}</code>
        </span>
      </>
    ),
  },
  {
    label: "Live",
    cell: ({ live, inHead, branches }) => (
      <>
        <LiveTag live={live} />
        <span className={classes.placeHere}>
          <PlaceTag {...{ inHead, branches }} />
        </span>
      </>
    ),
  },
  {
    label: "Places",
    by: "places",
    className: classes.places,
    cell: (secret) => (
      <>
        <PlaceTag {...secret} />
        <span className={classes.second}>
          <span>{sayPlaces(secret)}</span>
        </span>
      </>
    ),
  },
  {
    label: "Brought in",
    by: "introduced",
    className: classes.introduced,
    cell: ({ introduced }) =>
      introduced === null ? (
        <span className={classes.quiet}>Not known yet</span>
      ) : (
        <>
          <span className={classes.author}>{introduced.author}</span>
          <span className={classes.second}>{introduced.at === null ? null : <Moment at={introduced.at} />}</span>
        </>
      ),
  },
  {
    label: "State",
    className: classes.state,
    cell: ({ state }) => <Tag tone={issueStates[state].tone}>{issueStates[state].label}</Tag>,
  },
];
