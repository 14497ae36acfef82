/** The package that an issue is about: its version, the way that it comes in, what ends the problem, and who imports it. */
import { IconChevronRight } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { IssueDetail } from "#api/issues/contract.ts";
import { Badges } from "../../ui/badges.tsx";
import { CopyText } from "../../ui/copy-text.tsx";
import { Fact, Facts } from "../../ui/facts.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Prose } from "../../ui/prose.tsx";
import { PanePart } from "../../ui/split/pane-content.tsx";
import { Badge, Tag } from "../../ui/tag.tsx";
import { ecosystemLabels, relationLabels } from "../../ui/words.ts";
import classes from "./issue.module.css";
import { saysUpgrade } from "./says-upgrade.ts";

type Package = NonNullable<IssueDetail["package"]>;

export function PackageOf({ issue }: { readonly issue: IssueDetail }) {
  const { package: about, upgrade, reachability, advisory, fix, times } = issue;
  if (about === null) return null;
  return (
    <PanePart title="The package">
      <Facts>
        <Fact name="Name">
          <span className={classes.address}>
            <NameOf about={about} />
            <Badge>{ecosystemLabels[about.ecosystem]}</Badge>
          </span>
        </Fact>
        <Fact name="Version">{about.version ?? <span className={classes.quiet}>Not known</span>}</Fact>
        <Fact name="Comes in">
          {relationLabels[about.relation]}
          {about.isDevelopment ? ", for development only" : ""}
          {about.frameworks === undefined ? "" : `, in ${about.frameworks.join(", ")}`}
        </Fact>
        {about.via === undefined || about.via.length < 2 ? null : (
          <Fact name="Dependency path">
            <Path via={about.via} />
          </Fact>
        )}
        {upgrade === null && advisory === null && fix === null ? null : (
          <Fact name="Fix">
            <Prose text={saysUpgrade(issue)} />
            {upgrade?.crossesMajor === true ? (
              <div>
                <Tag tone="warning">A new major version: read its release notes first</Tag>
              </div>
            ) : null}
          </Fact>
        )}
        {times === null || times.since === null ? null : (
          <Fact name="In use since">
            <Moment at={times.since} />
          </Fact>
        )}
        {times === null || times.fixed === null ? null : (
          <Fact name="Fix out since">
            <Moment at={times.fixed} />
          </Fact>
        )}
        {reachability === null ? null : (
          <Fact name="Imported">
            <Reachability reachability={reachability} />
          </Fact>
        )}
        <Fact name="Package URL">
          <span className={classes.address}>
            <code>{about.purl}</code>
            <CopyText text={about.purl} label="Copy the package URL" />
          </span>
        </Fact>
      </Facts>
    </PanePart>
  );
}

function NameOf({ about: { ecosystem, name } }: { readonly about: Package }) {
  return (
    <Link to="/packages/$ecosystem/$" params={{ ecosystem, _splat: name }} className={classes.plain}>
      {name}
    </Link>
  );
}

function Path({ via }: { readonly via: readonly string[] }) {
  return (
    <ol className={classes.path}>
      {via.map((step, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the steps of one path never move
        <li key={index} className={classes.step}>
          {index === 0 ? null : <IconChevronRight size={13} aria-hidden="true" />}
          <code>{step}</code>
        </li>
      ))}
    </ol>
  );
}

const said = {
  imported: { label: "By production code", tone: "warning" },
  "imported-by-tests": { label: "Only by tests", tone: "quiet" },
  "not-imported": { label: "Nowhere that was read", tone: "quiet" },
  unknown: { label: "Not known", tone: "quiet" },
} as const;

function Reachability({ reachability }: { readonly reachability: NonNullable<IssueDetail["reachability"]> }) {
  const { is, example, through } = reachability;
  return (
    <>
      <Tag tone={said[is].tone}>{said[is].label}</Tag>
      {through === undefined ? null : (
        <div>
          By way of <code>{through}</code>
        </div>
      )}
      {example === undefined ? null : (
        <div>
          For example in <code>{example}</code>
        </div>
      )}
      {is === "not-imported" ? (
        <div className={classes.quiet}>
          No proof: reflection, generated code and plug-ins may still use it, so the issue stays.
        </div>
      ) : null}
    </>
  );
}

export function KnownAs({ aliases }: { readonly aliases: readonly string[] }) {
  return aliases.length === 0 ? null : (
    <Fact name="Known as">
      <Badges words={aliases} />
    </Fact>
  );
}
