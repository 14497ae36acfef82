/** Dockerfiles: the images that they begin with and copy from, and the .NET that comes with them. */
import type { PackageReader } from "../../package-reader.ts";
import { readByHand } from "../../reading/manifest-text.ts";
import { dockerfileImages } from "./dockerfile-images.ts";
import { imageUses } from "./image-use.ts";

const format = "Dockerfile";

const fileName = /(?:^|\/)(?:(?:docker|container)file(?:[._-][^/]*)?|[^/]+\.(?:docker|container)file)$/i;
/** Files about Dockerfiles, and templates that are none until somebody fills them. */
const otherFile =
  /\.(?:dockerignore|md|rst|adoc|txt|ya?ml|json|toml|sh|ps1|py|js|ts|go|rb|cs|j2|jinja2?|tmpl|tpl|template|erb|in|m4|lock|orig|rej|swp|html?)$/i;

const dockerfileReader: PackageReader = {
  format,
  ecosystem: "Docker",
  matches: (path) => fileName.test(path) && !otherFile.test(path),
  alone: "always",
  read: (file) =>
    readByHand(file, (text) => {
      const packages = dockerfileImages(text).flatMap(imageUses);
      if (packages.length === 0) return { manifests: [], problems: [] };
      return {
        manifests: [{ path: file.path, format, ecosystem: "Docker", isLocked: false, packages }],
        problems: [],
      };
    }),
};

export const readers: readonly PackageReader[] = [dockerfileReader];
