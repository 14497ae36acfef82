/** What is known against a package: how bad, how likely, whether exploited, and who says so. */
import type { IssueDetail } from "#api/issues/contract.ts";
import { Badges } from "../../ui/badges.tsx";
import { CopyText } from "../../ui/copy-text.tsx";
import { Fact, Facts } from "../../ui/facts.tsx";
import { Fold } from "../../ui/fold.tsx";
import { sayDay } from "../../ui/moment.tsx";
import { OutsideLink } from "../../ui/outside-link.tsx";
import { PanePart } from "../../ui/split/pane-content.tsx";
import { Tag } from "../../ui/tag.tsx";
import classes from "./issue.module.css";
import { KnownAs } from "./package-of.tsx";

type Advisory = NonNullable<IssueDetail["advisory"]>;

export function AdvisoryOf({ advisory }: { readonly advisory: Advisory }) {
  const { cvss, exploited, likelihood, weaknesses, fixedIn } = advisory;
  return (
    <PanePart title="The advisory">
      <Facts>
        <Fact name="Id">
          <OutsideLink href={`https://osv.dev/vulnerability/${encodeURIComponent(advisory.id)}`}>
            {advisory.id}
          </OutsideLink>
          <div>{advisory.title}</div>
        </Fact>
        <KnownAs aliases={advisory.aliases} />
        {exploited === undefined ? null : (
          <Fact name="Exploited">
            <Tag tone="bad">Known to be exploited</Tag>
            <div className={classes.quiet}>
              In CISA’s list since {sayDay(exploited.added)}
              {exploited.due === undefined ? "" : `, to be fixed by ${sayDay(exploited.due)}`}
              {exploited.inRansomware ? "; used in ransomware campaigns" : ""}
            </div>
          </Fact>
        )}
        <Fact name="CVSS">
          {cvss === undefined ? (
            <span className={classes.quiet}>The advisory has no score</span>
          ) : (
            <>
              <strong>{cvss.score.toFixed(1)}</strong>{" "}
              <span className={classes.address}>
                <code>{cvss.vector}</code>
                <CopyText text={cvss.vector} label="Copy the vector" />
              </span>
            </>
          )}
        </Fact>
        <Fact name="Likelihood">
          {likelihood === undefined ? (
            <span className={classes.quiet}>No EPSS score is known here</span>
          ) : (
            <>
              <strong>{sayShare(likelihood.probability)}</strong> within 30 days
              <div className={classes.quiet}>
                EPSS of {sayDay(likelihood.asOf)}; more likely than {sayShare(likelihood.percentile)} of all
                vulnerabilities
              </div>
            </>
          )}
        </Fact>
        {fixedIn.length === 0 ? null : <Fact name="Fixed in">{fixedIn.join(", ")}</Fact>}
        {weaknesses.length === 0 ? null : (
          <Fact name="Weaknesses">
            <Badges words={weaknesses} />
          </Fact>
        )}
        <Dates advisory={advisory} />
        <Fact name="Source">{advisory.source}</Fact>
      </Facts>
      <References references={advisory.references} />
    </PanePart>
  );
}

function Dates({ advisory: { published, modified } }: { readonly advisory: Advisory }) {
  return (
    <>
      {published === undefined ? null : <Fact name="Published">{sayDay(published)}</Fact>}
      {modified === undefined ? null : <Fact name="Changed">{sayDay(modified)}</Fact>}
    </>
  );
}

function References({ references }: { readonly references: readonly string[] }) {
  const links = references.filter((link) => /^https?:\/\//.test(link));
  if (links.length === 0) return null;
  return (
    <Fold summary={links.length === 1 ? "1 reference" : `${links.length} references`}>
      <ul className={classes.references}>
        {links.map((link) => (
          <li key={link}>
            <OutsideLink href={link}>{link}</OutsideLink>
          </li>
        ))}
      </ul>
    </Fold>
  );
}

/** Small ones keep the digits that tell them apart. */
function sayShare(share: number): string {
  const percent = share * 100;
  if (percent > 0 && percent < 0.1) return "less than 0.1 %";
  return `${percent.toFixed(percent >= 10 && percent < 99 ? 0 : 1)} %`;
}
