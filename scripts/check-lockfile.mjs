// npm writes a lockfile that `npm ci` refuses when a platform's package is not published yet, or when it never was.
import { readFileSync } from "node:fs";
import process from "node:process";

const file = process.argv[2] ?? "package-lock.json";
const { packages } = JSON.parse(readFileSync(file, "utf8"));

/** The entry that Node's resolution finds for `name` from the package at `from`; undefined without one. */
function entryOf(from, name) {
  for (let folder = from; ; ) {
    const found = packages[`${folder ? `${folder}/` : ""}node_modules/${name}`];
    if (found || folder === "") return found;
    folder = folder.slice(0, Math.max(0, folder.lastIndexOf("/node_modules/")));
  }
}

const isExact = (range) => /^\d+\.\d+\.\d+[^ ]*$/.test(range);

function* problems() {
  for (const [place, { dependencies, optionalDependencies, devDependencies, link, resolved }] of Object.entries(
    packages,
  )) {
    const needed = {
      ...(place.includes("node_modules/") ? {} : devDependencies),
      ...dependencies,
      ...optionalDependencies,
    };
    for (const [name, range] of Object.entries(needed)) {
      const entry = entryOf(place, name);
      if (!entry) yield `${place || "the root"} needs ${name} ${range}: no entry`;
      else if (isExact(range) && entry.version && entry.version !== range && !packages[""].overrides?.[name])
        yield `${place || "the root"} needs ${name} ${range}: the entry has ${entry.version}`;
      if (place === "" && !isExact(range)) yield `the root asks for ${name} ${range}: not an exact version`;
    }
    if (resolved !== undefined && !link) yield `${place} has an address: ${resolved}`;
  }
}

const found = [...problems()];
for (const line of found) console.error(`${file}: ${line}`);
if (found.length === 0) console.log(`${file}: every dependency of ${Object.keys(packages).length} packages is there`);
process.exit(found.length === 0 ? 0 : 1);
