/** Projects without git: named, so that nobody looks for them. */
import { countOf } from "../amounts.ts";
import type { ChoosableProject } from "./group-rows.ts";
import classes from "./repository-choice.module.css";

export function UnsupportedProjects({ projects }: { readonly projects: readonly ChoosableProject[] }) {
  const unsupported = projects.filter((project) => !project.isSupported);
  if (unsupported.length === 0) return null;
  return (
    <p className={classes.note}>
      {countOf(unsupported.length, "project")} with Team Foundation Version Control, which Sallyport does not scan:{" "}
      {unsupported.map((project) => project.name).join(", ")}
    </p>
  );
}
