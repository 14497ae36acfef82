/** Everything that is known against a package, those first that concern a version in use. */

import type { PackageDetail } from "#api/packages/contract.ts";
import { Badges } from "../../ui/badges.tsx";
import { Fold } from "../../ui/fold.tsx";
import { ItemList } from "../../ui/item-list.tsx";
import { sayDay } from "../../ui/moment.tsx";
import { OutsideLink } from "../../ui/outside-link.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Tag } from "../../ui/tag.tsx";
import classes from "./packages.module.css";

type Advisory = PackageDetail["advisories"][number];

export function KnownAdvisories({ detail: { advisories } }: { readonly detail: PackageDetail }) {
  const concerning = advisories.filter(({ affectedVersions }) => affectedVersions.length > 0);
  const others = advisories.filter(({ affectedVersions }) => affectedVersions.length === 0);
  if (advisories.length === 0) {
    return (
      <Panel title="Advisories">
        <p className={classes.nothing}>Nothing is known against it.</p>
      </Panel>
    );
  }
  return (
    <Panel title="Advisories" flush>
      {concerning.length === 0 ? (
        <p className={classes.foot}>None concerns a version in use.</p>
      ) : (
        <AdvisoryList advisories={concerning} />
      )}
      {others.length === 0 ? null : (
        <div className={classes.foot}>
          <Fold summary={`${others.length} about other versions`}>
            <AdvisoryList advisories={others} />
          </Fold>
        </div>
      )}
    </Panel>
  );
}

function AdvisoryList({ advisories }: { readonly advisories: readonly Advisory[] }) {
  return (
    <ItemList>
      {advisories.map((advisory) => (
        <li key={advisory.id}>
          <div className={classes.row}>
            <strong>{advisory.title === "" ? advisory.id : advisory.title}</strong>
            {advisory.isMalicious ? <Tag tone="bad">Malicious</Tag> : null}
          </div>
          <div className={classes.row}>
            <OutsideLink href={`https://osv.dev/vulnerability/${encodeURIComponent(advisory.id)}`}>
              {advisory.id}
            </OutsideLink>
            <Badges words={advisory.aliases} />
          </div>
          <p className={classes.quiet}>
            {advisory.affectedVersions.length === 0 ? "" : `Affects ${advisory.affectedVersions.join(", ")}. `}
            {advisory.published === null ? "" : `Published ${sayDay(advisory.published)}. `}
            Source: {advisory.source}
          </p>
        </li>
      ))}
    </ItemList>
  );
}
