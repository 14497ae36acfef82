/** Everywhere a secret stands or stood: the file and line, the commit that brought it there, the branches that hold it. */
import { useInfiniteQuery } from "@tanstack/react-query";
import type { SecretDetail, SecretPlace } from "#api/secrets/contract.ts";
import { ask } from "../../api.ts";
import { countOf, shortCommit } from "../../ui/amounts.ts";
import { Fold } from "../../ui/fold.tsx";
import { Moment } from "../../ui/moment.tsx";
import { MoreButton } from "../../ui/more-button.tsx";
import { OutsideLink } from "../../ui/outside-link.tsx";
import { PlaceTag, sayBranches, sayPlaces } from "../../ui/secret-marks.tsx";
import classes from "./secret.module.css";

/** More of them are one click away. */
const shownAtFirst = 20;

export function SecretPlaces({ secret }: { readonly secret: SecretDetail }) {
  const query = useInfiniteQuery(ask.secretPlaces(secret));
  const { places } = secret;
  const loaded = query.data.pages.flatMap(({ rows }) => rows);
  const rest = loaded.slice(shownAtFirst);
  return (
    <>
      {places > 1 ? <p className={classes.quiet}>{sayPlaces(secret)}</p> : null}
      <PlaceList places={loaded.slice(0, shownAtFirst)} />
      {rest.length === 0 ? null : (
        <Fold summary={countOf(places - shownAtFirst, "more place")}>
          <PlaceList places={rest} />
          <MoreButton query={query} />
        </Fold>
      )}
    </>
  );
}

function PlaceList({ places }: { readonly places: readonly SecretPlace[] }) {
  return (
    <ul className={classes.places}>
      {places.map((place) => (
        <li key={`${place.repository.id} ${place.path} ${place.line}`}>
          <Place place={place} />
        </li>
      ))}
    </ul>
  );
}

function Place({ place }: { readonly place: SecretPlace }) {
  const { repository, path, line, webUrl, commit, author, at, branches, inHead } = place;
  const said = `${path}:${line}`;
  return (
    <>
      <span className={classes.placeHead}>
        <span className={classes.file}>
          {webUrl === null ? <code>{said}</code> : <OutsideLink href={webUrl}>{said}</OutsideLink>}
        </span>
        <PlaceTag {...{ inHead, branches }} />
      </span>
      <span className={classes.placeFoot}>
        <span>
          {repository.name} <span className={classes.quiet}>in {repository.project}</span>
        </span>
        {commit === null ? null : (
          <span>
            <code>{shortCommit(commit)}</code>
            {author === null ? null : ` by ${author}`}
            {at === null ? null : (
              <>
                , <Moment at={at} />
              </>
            )}
          </span>
        )}
        <span>
          {branches.length === 0 ? "In the files of no branch any more" : `In the files of ${sayBranches(branches, 4)}`}
        </span>
      </span>
    </>
  );
}
