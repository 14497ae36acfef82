/** Short words side by side: ids that other tools use, controls, types of resources. */
import classes from "./badges.module.css";
import { Badge } from "./tag.tsx";

export function Badges({ words }: { readonly words: readonly string[] }) {
  return (
    <span className={classes.badges}>
      {words.map((word) => (
        <Badge key={word}>{word}</Badge>
      ))}
    </span>
  );
}
