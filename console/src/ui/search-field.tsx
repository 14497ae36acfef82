/** A search box that reports what was typed after a short rest; "/" moves to it from anywhere on the page. */
import { CloseButton, TextInput } from "@mantine/core";
import { useDebouncedCallback, useHotkeys } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { longestSearch } from "../search-text.ts";

interface Properties {
  readonly value: string;
  readonly label: string;
  readonly onChange: (value: string) => void;
}

export function SearchField({ value, label, onChange }: Properties) {
  const [text, setText] = useState(value);
  const input = useRef<HTMLInputElement>(null);
  const reported = useRef(value);
  const report = useDebouncedCallback((next: string) => {
    reported.current = next;
    onChange(next);
  }, 250);
  useHotkeys([["/", () => input.current?.focus()]]);
  useEffect(() => {
    // The own report comes back as `value`; taking it would undo what was typed in the meantime.
    if (value === reported.current) return;
    reported.current = value;
    setText(value);
  }, [value]);
  const change = (next: string) => {
    setText(next);
    report(next.trim());
  };
  return (
    <TextInput
      ref={input}
      role="searchbox"
      aria-label={label}
      placeholder={label}
      value={text}
      maxLength={longestSearch}
      error={text.length < longestSearch ? undefined : `No more than ${longestSearch} characters`}
      onChange={(event) => change(event.currentTarget.value)}
      leftSection={<IconSearch size={16} />}
      rightSection={
        text === "" ? null : <CloseButton size="sm" aria-label="Clear the search" onClick={() => change("")} />
      }
      style={{ width: 300, maxWidth: "100%" }}
    />
  );
}
