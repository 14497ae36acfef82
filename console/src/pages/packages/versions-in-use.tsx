/** The versions in use, each with what is known against it and how the package is kept up. */

import { Link } from "@tanstack/react-router";
import type { PackageDetail } from "#api/packages/contract.ts";
import { countOf } from "../../ui/amounts.ts";
import { Fold } from "../../ui/fold.tsx";
import { ItemList } from "../../ui/item-list.tsx";
import { Panel } from "../../ui/panel.tsx";
import { RiskFactors, RiskLevel } from "../../ui/risk-factors.tsx";
import { Tag } from "../../ui/tag.tsx";
import classes from "./packages.module.css";

export function VersionsInUse({ detail }: { readonly detail: PackageDetail }) {
  const { ecosystem, key, risks, advisories } = detail;
  if (risks.length === 0) {
    return (
      <Panel title="Versions in use">
        <p className={classes.nothing}>No manifest says which version is installed.</p>
      </Panel>
    );
  }
  return (
    <Panel title="Versions in use" flush>
      <ItemList>
        {risks.map(({ version, risk }) => {
          const known = advisories.filter(({ affectedVersions }) => affectedVersions.includes(version)).length;
          return (
            <li key={version}>
              <div className={classes.row}>
                <Link
                  to="/packages/$ecosystem/$"
                  params={{ ecosystem, _splat: key }}
                  search={{ version }}
                  replace
                  className={classes.plain}
                >
                  {version}
                </Link>
                {known === 0 ? null : <Tag tone="warning">{countOf(known, "advisory", "advisories")}</Tag>}
              </div>
              {risk === null ? (
                <p className={classes.quiet}>Nothing is known about how it is kept up.</p>
              ) : (
                <>
                  <RiskLevel risk={risk} />
                  <Fold summary="How that comes about" open={risks.length === 1}>
                    <RiskFactors risk={risk} label={`Risk factors of ${version}`} />
                  </Fold>
                </>
              )}
            </li>
          );
        })}
      </ItemList>
    </Panel>
  );
}
