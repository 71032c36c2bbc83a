// Builds the browser's files into the Python package: hashed names, and a manifest that says which is which.
// Run by `make assets` (and with --watch by `make dev`).
import { build, context } from "esbuild";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { basename } from "node:path";

const out = "src/stoppress/static";
const entries = { reader: "web/reader/main.ts", "reader-style": "web/reader/reader.css", desk: "web/editor/main.ts", "desk-style": "web/editor/desk.css", "desk-worker": "web/desk-worker/main.ts" };

const manifest = {
  name: "manifest",
  setup(build) {
    build.onEnd((result) => {
      if (!result.metafile) return;
      const names = {};
      for (const [file, info] of Object.entries(result.metafile.outputs)) {
        if (!info.entryPoint) continue;
        const entry = Object.keys(entries).find((name) => entries[name] === info.entryPoint);
        names[`${entry.replace("-style", "")}.${file.endsWith(".css") ? "css" : "js"}`] = basename(file);
      }
      writeFileSync(`${out}/manifest.json`, JSON.stringify(names, null, 2) + "\n");
    });
  },
};

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const options = {
  entryPoints: Object.entries(entries).map(([name, path]) => ({ in: path, out: name })),
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
  plugins: [manifest],
  logLevel: "warning",
};
if (process.argv.includes("--watch")) await (await context(options)).watch();
else await build(options);
