/** Whether a path lies in a folder of installed packages: those are somebody else's projects, and the lock file names them. */
export function isInstalled(path: string): boolean {
  return /(?:^|\/)(?:node_modules|bower_components)\//.test(path);
}
