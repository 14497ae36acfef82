/** One secret: whether it still opens something, how to revoke it, everywhere it stands, what decided, what was decided. */
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import type { SecretDetail } from "#api/secrets/contract.ts";
import { ask } from "../../api.ts";
import { shortCommit } from "../../ui/amounts.ts";
import { CopyText } from "../../ui/copy-text.tsx";
import { Fact, Facts } from "../../ui/facts.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Prose } from "../../ui/prose.tsx";
import { LiveTag, PlaceTag, sayBranches } from "../../ui/secret-marks.tsx";
import { Severity } from "../../ui/severity.tsx";
import { PaneContent, PanePart } from "../../ui/split/pane-content.tsx";
import { SidePane } from "../../ui/split/side-pane.tsx";
import { Tag } from "../../ui/tag.tsx";
import { issueStates } from "../../ui/words.ts";
import { Decision } from "../issues/decision.tsx";
import { LiveCheck } from "./live-check.tsx";
import { RevocationSteps } from "./revocation-steps.tsx";
import classes from "./secret.module.css";
import { SecretHistory } from "./secret-history.tsx";
import { secretId } from "./secret-list.tsx";
import { SecretPlaces } from "./secret-places.tsx";

const route = getRouteApi("/signed-in/secrets/$instanceId/$fingerprint");

export function SecretPane() {
  const of = route.useParams();
  const navigate = useNavigate({ from: "/secrets/$instanceId/$fingerprint" });
  const query = useQuery(ask.secret(of));
  return (
    <SidePane
      label="Secret"
      query={query}
      onClose={() => void navigate({ to: "/secrets", search: (before) => before })}
    >
      {(secret) => <Secret key={secretId(of)} secret={secret} />}
    </SidePane>
  );
}

function Secret({ secret }: { readonly secret: SecretDetail }) {
  const { words, state } = secret;
  return (
    <PaneContent
      title={secret.title}
      marks={
        <>
          <Severity severity={secret.severity} />
          <Tag tone={issueStates[state].tone}>{issueStates[state].label}</Tag>
          <PlaceTag {...secret} />
          <LiveTag live={secret.live} />
        </>
      }
      head={
        <>
          {secret.masked === null ? null : (
            <p className={classes.masked}>
              <code>{secret.masked}</code>
            </p>
          )}
          <StateNote secret={secret} />
          <Decision issues={secret.issues} isSecret isEverywhere />
        </>
      }
    >
      {words === null ? (
        <p className={classes.quiet}>
          This version of Sallyport does not come with the rule {secret.rule}; what it found stays until somebody
          decides.
        </p>
      ) : (
        <>
          <PanePart title="How to revoke it">
            <RevocationSteps secret={secret} words={words} />
          </PanePart>
          <PanePart title="Why it matters">
            <p>
              <Prose text={words.why} />
            </p>
          </PanePart>
        </>
      )}
      <PanePart title="Does it still work?">
        <LiveCheck secret={secret} />
      </PanePart>
      <PanePart title="Where it is">
        <SecretPlaces secret={secret} />
      </PanePart>
      <PanePart title="About">
        <About secret={secret} />
      </PanePart>
      <PanePart title="History">
        <SecretHistory issues={secret.issues} />
      </PanePart>
    </PaneContent>
  );
}

/** What the marks mean for whoever has to do something. */
function StateNote({ secret: { state, inHead, branches, live } }: { readonly secret: SecretDetail }) {
  if (state !== "open") return null;
  if (live?.verdict === "not-live") {
    return (
      <p className={classes.note}>
        It opens nothing any more, and need not be revoked. It stays open until somebody says that it is rotated, or
        dismisses it.
      </p>
    );
  }
  return (
    <p className={classes.note}>
      {inHead
        ? "Whoever can read the code can use it. Revoke it first; taking it out of the code alone is not enough, because its history keeps it."
        : branches.length > 0
          ? `It stands in ${sayBranches(branches, 4)}, not in a default branch: whoever can read the repository can use it. Revoke it before it is merged; taking it out of the branch leaves it in the history.`
          : "The code no longer holds it, but whoever can clone the repository can. It stays open until it is rotated."}
    </p>
  );
}

function About({ secret }: { readonly secret: SecretDetail }) {
  const { introduced, signals, words, rule, provider } = secret;
  return (
    <Facts>
      {provider === null ? null : <Fact name="Provider">{provider}</Fact>}
      <Fact name="Brought in">
        {introduced === null ? (
          <span className={classes.quiet}>Not known yet: the history is read after the first scan</span>
        ) : (
          <>
            by {introduced.author}
            {introduced.at === null ? null : (
              <>
                , <Moment at={introduced.at} />
              </>
            )}
            , in <code>{shortCommit(introduced.commit)}</code>{" "}
            <CopyText text={introduced.commit} label="Copy the commit" />
          </>
        )}
      </Fact>
      <Fact name="First seen">
        <Moment at={secret.firstSeen} />
      </Fact>
      {signals.length === 0 ? null : <Fact name="What decided">{signals.join(", ")}</Fact>}
      <Fact name="Rule">
        {words === null ? (
          <code>{rule}</code>
        ) : (
          <Link to="/rules/$" params={{ _splat: rule }} className={classes.plain}>
            <code>{rule}</code>
          </Link>
        )}
      </Fact>
    </Facts>
  );
}
