/** What comes along with a change: a new major version, other packages, another licence, new problems. */
import type { FixDetail } from "#api/fixes/contract.ts";
import { countOf } from "../../ui/amounts.ts";
import { Badges } from "../../ui/badges.tsx";
import { Fact, Facts } from "../../ui/facts.tsx";
import { Tag } from "../../ui/tag.tsx";
import classes from "./fix.module.css";

interface Properties {
  readonly risk: FixDetail["risk"];
  /** A scan has seen what it would be. */
  readonly isWritten: boolean;
  readonly newProblems: number;
}

export function FixRisk({ risk, isWritten, newProblems }: Properties) {
  if (risk === null && !isWritten) return <p className={classes.quiet}>Not known yet: nothing is written.</p>;
  return (
    <Facts>
      {isWritten ? (
        <Fact name="New problems">
          {newProblems === 0 ? (
            <Tag tone="good">None: the result was scanned</Tag>
          ) : (
            <Tag tone="warning">{countOf(newProblems, "problem")} of low severity</Tag>
          )}
        </Fact>
      ) : null}
      {risk === null ? null : <RiskFacts risk={risk} />}
    </Facts>
  );
}

function RiskFacts({ risk }: { readonly risk: NonNullable<FixDetail["risk"]> }) {
  const { crossesMajor, licenseChange, adds } = risk;
  if (!crossesMajor && licenseChange === null && adds.length === 0) return <Fact name="Risk">None is known</Fact>;
  return (
    <>
      {crossesMajor ? (
        <Fact name="Major version">
          <Tag tone="warning">Crossed: read its release notes</Tag>
        </Fact>
      ) : null}
      {licenseChange === null ? null : (
        <Fact name="Licence">
          <Tag tone="warning">
            From {licenseChange.from.join(", ")} to {licenseChange.to.join(", ")}
          </Tag>
        </Fact>
      )}
      {adds.length === 0 ? null : (
        <Fact name="New packages">
          <Badges words={adds} />
        </Fact>
      )}
    </>
  );
}
