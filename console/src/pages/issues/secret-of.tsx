/** Of an issue that is a secret: how it came in, whether it still works, and the way to all its places. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { IssueDetail } from "#api/issues/contract.ts";
import { ask } from "../../api.ts";
import { countOf, shortCommit } from "../../ui/amounts.ts";
import { Fact, Facts } from "../../ui/facts.tsx";
import { Moment } from "../../ui/moment.tsx";
import { OutsideLink } from "../../ui/outside-link.tsx";
import { LiveTag, PlaceTag } from "../../ui/secret-marks.tsx";
import { PanePart } from "../../ui/split/pane-content.tsx";
import classes from "./issue.module.css";

export function SecretOf({ issue }: { readonly issue: IssueDetail }) {
  const { instanceId, fingerprint, origin, onlyInHistory, branches } = issue;
  const { data: secret } = useQuery({
    ...ask.secret({ instanceId, fingerprint: fingerprint ?? "" }),
    enabled: fingerprint !== null,
  });
  if (fingerprint === null) return null;
  return (
    <PanePart title="The secret">
      <Facts>
        <Fact name="Found">
          <PlaceTag inHead={!onlyInHistory} branches={branches} />
        </Fact>
        <Fact name="Brought in">
          {origin === null ? (
            <span className={classes.quiet}>Not known yet: the history is read after the first scan</span>
          ) : (
            <>
              by {origin.author}
              {origin.at === null ? null : (
                <>
                  , <Moment at={origin.at} />
                </>
              )}
              , in <OutsideLink href={origin.webUrl}>{shortCommit(origin.commit)}</OutsideLink>
            </>
          )}
        </Fact>
        {secret === undefined ? null : (
          <>
            <Fact name="Works">
              <LiveTag live={secret.live} />
            </Fact>
            <Fact name="All places">
              <Link
                to="/secrets/$instanceId/$fingerprint"
                params={{ instanceId, fingerprint }}
                className={classes.plain}
              >
                {countOf(secret.places, "place")} in {countOf(secret.repositories, "repository", "repositories")}
              </Link>
            </Fact>
          </>
        )}
      </Facts>
    </PanePart>
  );
}
