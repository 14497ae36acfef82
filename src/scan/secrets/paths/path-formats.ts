/** What endings of files say of their format, as far as it matters for secrets. */

function words(text: string): readonly string[] {
  return text.split(" ");
}

/** Images, media, fonts, archives, compiled code: never looked at. */
export const skipped: ReadonlySet<string> = new Set([
  ...words(
    "png jpg jpeg gif ico bmp webp avif tif tiff psd icns cur woff woff2 ttf otf eot mp3 mp4 m4a m4v mov avi mkv",
  ),
  ...words(
    "webm wav ogg flac zip gz tgz bz2 xz zst 7z rar jar war ear nupkg vsix whl deb rpm apk dmg iso exe dll so dylib",
  ),
  ...words("pdb lib obj o a class pyc pyo wasm bin dat parquet avro onnx pt npy npz h5 pack idx"),
]);

/** By what readers ask for; what nobody asks for is `other`. */
const byFormat = {
  yaml: "yaml yml eyaml sls raml kubeconfig",
  json: "json jsonc json5 jsonl ndjson har tfstate ipynb avsc webmanifest code-workspace",
  toml: "toml",
  ini:
    "ini cfg conf cnf secrets credentials rdp reg inf service timer desktop repo list hosts inventory prefs ovpn dsn udl " +
    "ks pgpass boto s3cfg gitconfig curlrc wgetrc http rest hurl bru",
  env: "env envrc netrc",
  xml:
    "config xml csproj fsproj vbproj proj props targets pubxml publishsettings resx plist nuspec ruleset manifest wsdl xsd xsl " +
    "xslt xaml jmx rdg dtsx ps1xml wxs storyboard xib",
  hcl: "tfvars",
  npmrc: "npmrc",
  dockerfile: "dockerfile",
  other: "properties pypirc",
} as const;

type ConfigFormat = keyof typeof byFormat;

function isConfigFormat(name: string): name is ConfigFormat {
  return Object.hasOwn(byFormat, name);
}

export const configFormats: ReadonlyMap<string, ConfigFormat> = new Map(
  Object.keys(byFormat)
    .filter(isConfigFormat)
    .flatMap((format) => words(byFormat[format]).map((extension) => [extension, format] as const)),
);

/**
 * `code` demands literals in quotes, `config` takes bare values, `text` is prose (wikis, documentation),
 * `data` is machine-written (lock files, minified code, source maps): only provider shapes count there.
 */
export type Kind = "code" | "config" | "text" | "data" | "any";

/**
 * What some reader or rule asks for: of settings, `columns` and `markup` of text, and of code `shell`, `joining` (literals side by side
 * are one) and `plain`, which may be anything.
 */
export type Format =
  | ConfigFormat
  | "nuget"
  | "maven"
  | "pipeline"
  | "columns"
  | "markup"
  | "shell"
  | "joining"
  | "plain"
  | "any";

export const shellExtensions: ReadonlySet<string> = new Set([
  ...words(
    "sh bash zsh ksh csh tcsh fish bats ps1 psm1 bat cmd bashrc bash_profile bash_history bash_aliases profile zshrc",
  ),
  ...words("zsh_history zprofile zshenv"),
]);

export const textFormats: ReadonlyMap<string, Format> = new Map([
  ...words("md markdown mdx rmd qmd rst adoc asciidoc textile wiki tex org log out eml").map(
    (extension) => [extension, "other"] as const,
  ),
  ...words("html htm xhtml").map((extension) => [extension, "markup"] as const),
  ...words("csv tsv txt").map((extension) => [extension, "columns"] as const),
]);

/** Of languages in which literals side by side are one: `"v" "w"`. */
export const joiningExtensions: ReadonlySet<string> = new Set([
  ...words(
    "py pyi pyx pxd pyw rb rbw rake gemspec ru podspec cr c h cc cpp cxx hh hpp hxx inl ipp tcc ino pde m mm cu cuh",
  ),
  ...words("metal d di dart erl hrl"),
]);

/** Of other languages in which a value without quotes is a name or a number. */
export const codeExtensions: ReadonlySet<string> = new Set([
  ...words("js mjs cjs jsx ts mts cts tsx jsm es es6 vue svelte astro coffee litcoffee ls iced elm re rei res"),
  ...words("go rs swift java kt kts"),
  ...words(
    "groovy gradle gvy scala sc sbt clj cljs cljc edn cs csx fs fsi fsx vb vbs bas cls frm asp aspx ascx asax cshtml",
  ),
  ...words(
    "vbhtml razor jsp jspx jspf tag php php3 php4 php5 phtml inc module theme install pl pm t pod ph xs tcl tk exp",
  ),
  ...words("lua luau r jl ex exs eex heex leex hs lhs ml mli mll mly sml nim nims v sv vh vhd vhdl zig"),
  ...words(
    "odin pas pp dpr dfm lpr ada adb ads f f77 f90 f95 f03 for cob cbl cpy abap apex trigger sol vy move cairo scm ss",
  ),
  ...words("rkt lisp lsp cl el fnl hx hxml as mxml gd glsl hlsl wgsl vert frag s asm nasm awk sed vim css scss"),
  ...words(
    "sass less styl pcss graphql gql proto thrift fbs capnp avdl smithy sql psql pgsql plsql pks pkb pls prc fnc hql",
  ),
  ...words(
    "ddl dml tf bicep nix dhall cue jsonnet libsonnet rego cedar star bzl bazel bp gn gni cmake mk mak make ninja m4 ac",
  ),
  ...words(
    "am ftl vm liquid twig haml slim pug jade ejs erb hbs handlebars mustache njk jbuilder latte gotmpl tmpl tpl j2",
  ),
  ...words(
    "jinja jinja2 wat wast ll mlir stan xq xquery nsi nsh iss ahk au3 applescript qml patch diff td def cocci dtd",
  ),
]);

export const lockNames: ReadonlySet<string> = new Set([
  ...words(
    "package-lock.json npm-shrinkwrap.json yarn.lock pnpm-lock.yaml bun.lock composer.lock cargo.lock poetry.lock",
  ),
  ...words(
    "uv.lock pipfile.lock gemfile.lock go.sum packages.lock.json project.assets.json podfile.lock mix.lock flake.lock",
  ),
  ...words("pdm.lock deno.lock .terraform.lock.hcl gradle.lockfile"),
]);

/** `app.yml.example`, `wp-config.php.bak`, `app.conf.j2`: what a copy or template is made of says its format. */
export const copied =
  /(?<=\w\.\w+)(?:\.(?:example|sample|template|tmpl|tpl|dist|default|bak|backup|old|orig|save|copy|local|in|j2|jinja2?|erb|ejs|swp)|~)+$/;
