// Builds the browser's files into the Python package: hashed names, and a manifest that says which is which.
// Run by `make assets` (and with --watch by `make dev`).
import { build, context } from "esbuild";
import { cpSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, resolve } from "node:path";

const out = "src/stoppress/static";
const entries = { reader: "web/reader/main.ts", front: "web/front/main.ts", "title-style": "web/front/title.css", "reader-worker": "web/reader-worker/main.ts", "reader-style": "web/reader/reader.css", "reader-then": "web/reader-then/main.ts", "reader-then-style": "web/reader-then/then.css", "desk-style": "web/editor/desk.css", "desk-worker": "web/desk-worker/main.ts", embed: "web/embed/host.ts", "embed-frame": "web/embed/frame.ts", "embed-style": "web/embed/embed.css" };
// What says something to readers, once for each language: there words.ts is languages/fr.ts (web/reader/languages).
const speaking = ["reader", "reader-then", "front"];
const languages = ["es", "fr", "de", "uk", "ar"];
const laterEntries = { "reader-later": "web/reader/later.ts" }; // in parts: what a press opens is loaded by the press
const deskEntries = { desk: "web/editor/main.ts", "desk-liveblog": "web/editor/liveblog.ts" }; // in parts: a page loads the editor when it has a composer
const GONE_MS = 3_600_000; // files of an earlier build stay so long for pages that a running server sent
const written = new Set(["manifest.json"]);
const names = {};

const manifest = (language) => ({
  name: "manifest",
  setup(build) {
    build.onEnd((result) => {
      if (!result.metafile) return;
      const all = { ...entries, ...laterEntries, ...deskEntries };
      const tongue = language ? `.${language}` : "";
      for (const [file, info] of Object.entries(result.metafile.outputs)) {
        written.add(basename(file));
        const entry = Object.keys(all).find((name) => all[name] === info.entryPoint);
        if (entry) names[`${entry.replace("-style", "")}${tongue}.${file.endsWith(".css") ? "css" : "js"}`] = basename(file);
      }
      writeFileSync(`${out}/manifest.json`, JSON.stringify(names, null, 2) + "\n");
    });
  },
});
const inLanguage = (language) => ({
  name: "language",
  setup(build) {
    build.onResolve({ filter: /\/words(-later|-notify)?\.ts$/ }, ({ path }) => ({
      path: resolve("web/reader/languages", basename(path).replace("words", language)),
    }));
  },
});

mkdirSync(out, { recursive: true });
cpSync("web/icons", out, { recursive: true });
const points = (some) => Object.entries(some).map(([name, path]) => ({ in: path, out: name }));
const options = {
  entryPoints: points(entries),
  outdir: out,
  bundle: true,
  minify: true,
  metafile: true,
  sourcemap: false,
  format: "iife",
  target: ["es2022"],
  entryNames: "[name].[hash]",
  assetNames: "[name].[hash]",
  loader: { ".woff2": "file", ".svg": "file" },
  legalComments: "linked",
  plugins: [manifest()],
  logLevel: "warning",
};
const inParts = (some, chunks) => ({ ...options, entryPoints: points(some), format: "esm", splitting: true, chunkNames: `${chunks}[name].[hash]` });
const inLanguages = languages.flatMap((language) => {
  const spoken = { entryNames: `[name].${language}.[hash]`, charset: "utf8", plugins: [inLanguage(language), manifest(language)] };
  return [
    { ...options, entryPoints: points(Object.fromEntries(speaking.map((name) => [name, entries[name]]))), ...spoken },
    { ...inParts(laterEntries, `later-${language}-`), ...spoken },
  ];
});
for (const each of [options, inParts(deskEntries, "desk-"), inParts(laterEntries, "later-"), ...inLanguages]) {
  if (process.argv.includes("--watch")) await (await context(each)).watch();
  else await build(each);
}
for (const icon of readdirSync("web/icons")) written.add(icon);
for (const file of readdirSync(out).filter((name) => !written.has(name))) {
  if (Date.now() - statSync(`${out}/${file}`).mtimeMs > GONE_MS) rmSync(`${out}/${file}`);
}
