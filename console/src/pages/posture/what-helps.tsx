/** What makes facts known that are not: a scope, a right, a switch, or another look. */
import { Link } from "@tanstack/react-router";
import type { PostureOrganization } from "#api/posture/contract.ts";
import type { WhyUnknown } from "#model/posture/fact.ts";
import classes from "./posture-facts.module.css";

interface Properties {
  readonly why: WhyUnknown;
  readonly scope: string | null;
  readonly organization: PostureOrganization;
}

export function WhatHelps({ why, scope, organization: { instanceId } }: Properties) {
  const to = { to: "/settings/integrations/$instanceId", params: { instanceId }, className: classes.plain } as const;
  if (why === "scope") {
    return (
      <p className={classes.helps}>
        Give the credential the scope {scope === null ? "that it lacks" : <code>{scope}</code>}:{" "}
        <Link {...to} search={{ tab: "sign-in" }}>
          sign-in and rights
        </Link>
        .
      </p>
    );
  }
  if (why === "refused") {
    return (
      <p className={classes.helps}>
        The person behind the credential needs the right to read it, or another credential is added:{" "}
        <Link {...to} search={{ tab: "sign-in" }}>
          sign-in and rights
        </Link>
        .
      </p>
    );
  }
  if (why === "switched-off") {
    return (
      <p className={classes.helps}>
        An administrator can allow it:{" "}
        <Link {...to} search={{ tab: "settings" }}>
          settings of the instance
        </Link>
        .
      </p>
    );
  }
  if (why === "absent") return <p className={classes.helps}>Nothing helps: the rules that need it stay unanswered.</p>;
  return <p className={classes.helps}>The next look tries again.</p>;
}
