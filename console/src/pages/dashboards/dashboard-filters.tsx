/** What the figures are narrowed by: the days, the instance, the project, the tag of repositories. */
import { NativeSelect, Select, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ask } from "../../api.ts";
import type { DashboardFilters } from "../../search-filters.ts";
import { useProjects } from "../../ui/use-projects.ts";

interface Properties {
  readonly filters: DashboardFilters;
  readonly onChange: (change: DashboardFilters) => void;
}

export function DashboardFilterControls({ filters, onChange }: Properties) {
  const { instanceId, projectId, tag } = filters;
  const instances = useQuery(ask.instances()).data?.rows ?? [];
  const projects = useProjects(instanceId);
  const tags = useQuery(ask.repositoryTags()).data?.tags ?? [];
  const known = tag === undefined || tags.includes(tag) ? tags : [tag, ...tags];
  return (
    <>
      <Days filters={filters} onChange={onChange} />
      {instances.length < 2 && instanceId === undefined ? null : (
        <Select
          aria-label="Instance"
          placeholder="Any instance"
          clearable
          w={170}
          value={instanceId ?? null}
          data={instances.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(value) => onChange({ instanceId: value ?? undefined, projectId: undefined })}
          clearButtonProps={{ "aria-label": "Any instance" }}
        />
      )}
      <Select
        aria-label="Project"
        placeholder="Any project"
        searchable
        clearable
        w={170}
        limit={100}
        value={projects.some(({ value }) => value === projectId) ? (projectId ?? null) : null}
        data={[...projects]}
        nothingFoundMessage="No project has that in its name"
        onChange={(value) => onChange({ projectId: value ?? undefined })}
        clearButtonProps={{ "aria-label": "Any project" }}
      />
      {known.length === 0 ? null : (
        <Select
          aria-label="Tag"
          placeholder="Any tag"
          searchable
          clearable
          w={150}
          limit={100}
          value={tag ?? null}
          data={[...known]}
          nothingFoundMessage="No repository has such a tag"
          onChange={(value) => onChange({ tag: value ?? undefined })}
          clearButtonProps={{ "aria-label": "Any tag" }}
        />
      )}
    </>
  );
}

const ranges = [
  { value: "30", label: "Last 30 days" },
  { value: "90", label: "Last 90 days" },
  { value: "365", label: "Last 365 days" },
  { value: "chosen", label: "Chosen days" },
] as const;

function Days({ filters: { days, from, to }, onChange }: Properties) {
  const [isChoosing, setChoosing] = useState(from !== undefined || to !== undefined);
  const shown = isChoosing ? "chosen" : (days ?? "90");
  const [today] = useState(() => new Date().toISOString().slice(0, 10));
  return (
    <>
      <NativeSelect
        aria-label="Days"
        value={shown}
        data={[...ranges]}
        onChange={({ currentTarget: { value } }) => {
          setChoosing(value === "chosen");
          const next = value === "30" || value === "365" ? value : undefined;
          onChange({ days: next, from: undefined, to: undefined });
        }}
      />
      {isChoosing ? (
        <>
          <TextInput
            type="date"
            aria-label="From"
            max={to ?? today}
            value={from ?? ""}
            onChange={(event) => onChange({ from: event.currentTarget.value || undefined })}
          />
          <TextInput
            type="date"
            aria-label="To"
            min={from}
            max={today}
            value={to ?? ""}
            onChange={(event) => onChange({ to: event.currentTarget.value || undefined })}
          />
        </>
      ) : null}
    </>
  );
}
