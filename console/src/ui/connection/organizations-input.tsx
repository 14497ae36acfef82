/** Names of organizations, as many as wanted; addresses are names too. */
import { TagsInput } from "@mantine/core";
import { useState } from "react";

interface Properties {
  readonly label?: string;
  readonly description: string;
  readonly value: readonly string[];
  readonly onChange: (organizations: string[]) => void;
}

export function OrganizationsInput({ label = "Organizations", description, value, onChange }: Properties) {
  const [typing, setTyping] = useState("");
  // What is typed counts already: nobody must know that a comma ends it.
  const [ended, setEnded] = useState<readonly string[]>(value);
  const tell = (names: readonly string[], text: string) =>
    onChange(text.trim() === "" ? [...names] : [...names, text.trim()]);
  return (
    <TagsInput
      label={label}
      description={description}
      value={[...ended]}
      onChange={(names) => {
        setEnded(names);
        tell(names, "");
      }}
      searchValue={typing}
      onSearchChange={(text) => {
        setTyping(text);
        tell(ended, text);
      }}
      splitChars={[",", ";", " "]}
      acceptValueOnBlur
      maxTags={100}
    />
  );
}
