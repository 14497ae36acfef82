/** What issues are filtered by: the usual words in a row, the others behind one button. */
import { Button, Checkbox, Popover, Select, Stack } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconChevronDown } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ask } from "../../api.ts";
import { dueWords, type IssueFilters, issueLiveWords, noveltyWords } from "../../search-filters.ts";
import { ruleFilters, stateFilter, WordFilters, wordFilter } from "../../ui/word-filters.tsx";
import { dueLabels, liveVerdicts, noveltyLabels } from "../../ui/words.ts";
import classes from "./issues.module.css";

const dueFilter = wordFilter({ key: "due", label: "Due", words: dueWords, say: (due) => dueLabels[due] });

const liveFilter = wordFilter({
  key: "live",
  label: "Secrets that are",
  words: issueLiveWords,
  say: (live) => liveVerdicts[live === "not-asked" ? "unchecked" : live].label,
});

const [severity, category, framework] = ruleFilters;
const usual = [severity, category, stateFilter, dueFilter] as const;
const others = [framework, liveFilter] as const;
export const issueWordFilters = [...usual, ...others] as const;

interface Properties {
  readonly filters: IssueFilters;
  readonly onChange: (change: IssueFilters) => void;
}

export function IssueFilterControls({ filters, onChange }: Properties) {
  return (
    <>
      <WordFilters of={usual} filters={filters} onChange={onChange} />
      <Select
        aria-label="New or backlog"
        placeholder="New or backlog"
        clearable
        w={148}
        value={filters.novelty ?? null}
        data={noveltyWords.map((word) => ({ value: word, label: noveltyLabels[word] }))}
        onChange={(value) => onChange({ novelty: noveltyWords.find((word) => word === value) })}
        clearButtonProps={{ "aria-label": "New or backlog: both" }}
      />
      <OwnerPicker owner={filters.owner} onChange={(owner) => onChange({ owner })} />
      <OtherFilters filters={filters} onChange={onChange} />
    </>
  );
}

interface OwnerProperties {
  readonly owner: string | undefined;
  readonly onChange: (owner: string | undefined) => void;
}

/** Those who own something that is open, whoever has the most urgent first. */
function OwnerPicker({ owner, onChange }: OwnerProperties) {
  const [isOpen, setOpen] = useState(false);
  const [search] = useDebouncedValue(isOpen, 50);
  const query = useInfiniteQuery({
    ...ask.issueGroups({ by: "owner", state: ["open"], limit: 200 }),
    enabled: search,
  });
  const found = query.data?.pages.flatMap(({ rows }) => rows.map(({ key }) => key)) ?? [];
  return (
    <Select
      aria-label="Owner"
      placeholder="Any owner"
      searchable
      clearable
      w={150}
      limit={50}
      value={owner ?? null}
      data={owner === undefined || found.includes(owner) ? found : [owner, ...found]}
      nothingFoundMessage={query.isFetching ? "Loading" : "Nobody of that name owns an open issue"}
      onDropdownOpen={() => setOpen(true)}
      onChange={(value) => onChange(value ?? undefined)}
      clearButtonProps={{ "aria-label": "Any owner" }}
    />
  );
}

function OtherFilters({ filters, onChange }: Properties) {
  const count =
    others.reduce((sum, { key }) => sum + (filters[key]?.length ?? 0), 0) +
    (filters.tag?.length ?? 0) +
    (filters.fixAvailable === undefined ? 0 : 1) +
    (filters.archived === undefined ? 0 : 1);
  return (
    <Popover position="bottom-end" shadow="md" radius={8} trapFocus returnFocus>
      <Popover.Target>
        <Button variant="default" rightSection={<IconChevronDown size={14} />}>
          More{count === 0 ? "" : ` (${count})`}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="More filters">
        <div className={classes.others}>
          {others.map((filter) => (
            <Checkbox.Group
              key={filter.key}
              label={filter.label}
              value={[...(filters[filter.key] ?? [])]}
              onChange={(values) => {
                const next = filter.words.filter((word) => values.includes(word));
                onChange({ [filter.key]: next.length === 0 ? undefined : next });
              }}
            >
              <Stack gap={8} mt={8}>
                {filter.words.map((word) => (
                  <Checkbox key={word} value={word} size="sm" label={(filter.say as (one: string) => string)(word)} />
                ))}
              </Stack>
            </Checkbox.Group>
          ))}
          <TagChoice tags={filters.tag ?? []} onChange={(tag) => onChange({ tag })} />
          <Stack gap={8}>
            <Checkbox
              size="sm"
              label="With a fix at hand"
              checked={filters.fixAvailable !== undefined}
              onChange={(event) => onChange({ fixAvailable: event.currentTarget.checked ? "true" : undefined })}
            />
            <Checkbox
              size="sm"
              label="Archived, of repositories that are no longer watched"
              checked={filters.archived !== undefined}
              onChange={(event) => onChange({ archived: event.currentTarget.checked ? "true" : undefined })}
            />
          </Stack>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

interface TagProperties {
  readonly tags: readonly string[];
  readonly onChange: (tags: string[] | undefined) => void;
}

/** Nothing where no repository is tagged. */
function TagChoice({ tags, onChange }: TagProperties) {
  const used = useQuery(ask.repositoryTags()).data?.tags ?? [];
  const known = [...new Set([...used, ...tags])];
  if (known.length === 0) return null;
  return (
    <Checkbox.Group
      label="Repositories tagged"
      value={[...tags]}
      onChange={(values) => onChange(values.length === 0 ? undefined : values)}
    >
      <Stack gap={8} mt={8} mah={224} className={classes.tags}>
        {known.map((tag) => (
          <Checkbox key={tag} value={tag} size="sm" label={tag} />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}
