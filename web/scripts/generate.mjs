/**
 * Writes the types that others own: src/generated/socket.ts from the structs of the wire and of the games, and src/generated/api.ts from
 * the OpenAPI schema in the file that OPENAPI_FILE names (`manage.py spectacular --file openapi.yaml`; without it the
 * REST part is left as it is).
 *
 *   npm run generate               write them
 *   npm run generate -- --check    write nothing; end with 1 and the name of a file that is not current
 *
 * PYTHON names the interpreter; by default that of the project's environment.
 */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = new URL("../../", import.meta.url);
const generated = new URL("../src/generated/", import.meta.url);
const check = process.argv.includes("--check");

function python() {
  const ours = fileURLToPath(new URL(".venv/bin/python", root));
  return process.env.PYTHON ?? (existsSync(ours) ? ours : "python3");
}

function socketTypes() {
  return execFileSync(python(), ["-m", "docs.generate.protocol", "--typescript"], { cwd: root, encoding: "utf8" });
}

async function apiTypes(file) {
  const { default: openapiTS, astToString } = await import("openapi-typescript");
  const schema = await openapiTS(pathToFileURL(file), { defaultNonNullable: false });
  return `// Written from the OpenAPI schema by \`npm run generate\`. Do not edit.\n\n${astToString(schema)}`;
}

/** Writes the file, or says whether it is as it would be written. */
function settle(name, text) {
  const file = new URL(name, generated);
  if (!check) {
    writeFileSync(file, text);
    return true;
  }
  const current = existsSync(file) && readFileSync(file, "utf8") === text;
  if (!current) console.error(`web/src/generated/${name} is not current: run \`npm run generate\` and commit it.`);
  return current;
}

const results = [settle("socket.ts", socketTypes())];
if (process.env.OPENAPI_FILE) results.push(settle("api.ts", await apiTypes(process.env.OPENAPI_FILE)));
process.exit(results.every(Boolean) ? 0 : 1);
