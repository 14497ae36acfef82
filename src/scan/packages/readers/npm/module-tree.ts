/** Folders of modules within each other, and what a name means in one of them: its own module, or that of the nearest above. */

export interface ModuleFolder {
  readonly parent: ModuleFolder | undefined;
  modules?: Map<string, ModuleFolder>;
  /** Position of the entry that is installed here. */
  entry?: number;
}

export function moduleFolder(parent?: ModuleFolder): ModuleFolder {
  return { parent };
}

/** The folder of that name directly in this one; made if it is not there. */
export function moduleIn(folder: ModuleFolder, name: string): ModuleFolder {
  folder.modules ??= new Map();
  const known = folder.modules.get(name);
  if (known) return known;
  const made = moduleFolder(folder);
  folder.modules.set(name, made);
  return made;
}

/** The entry that Node.js finds when code in the folder asks for the name. */
export function resolveModule(from: ModuleFolder, name: string): number | undefined {
  for (let at: ModuleFolder | undefined = from; at; at = at.parent) {
    const found = at.modules?.get(name)?.entry;
    if (found !== undefined) return found;
  }
  return undefined;
}
