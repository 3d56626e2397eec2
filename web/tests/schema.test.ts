import { expect, test } from "vitest";
import { fieldsOf, type JsonSchema, valuesOf } from "$lib/forms/schema";

/** As msgspec writes it for a struct of options. */
const SCHEMA: JsonSchema = {
  $ref: "#/$defs/Options",
  $defs: {
    Size: { enum: [8, 10] },
    Options: {
      type: "object",
      required: ["word"],
      properties: {
        word: { type: "string", maxLength: 12, title: "Word" },
        turns: { type: "integer", minimum: 1, maximum: 50, default: 10, description: "How many." },
        speed: { type: "number" },
        size: { $ref: "#/$defs/Size", default: 10 },
        fleet: { enum: ["small", "large"], default: "small" },
        hints: { type: "boolean", default: true },
        theme: { anyOf: [{ type: "string" }, { type: "null" }], default: null },
        board: { type: "array" },
      },
    },
  },
};

test("each option that a form can ask for has a field, the others are the server's", () => {
  const base = { title: "", hint: "", required: false, choices: [] };
  expect(fieldsOf(SCHEMA)).toEqual([
    { ...base, name: "word", kind: "text", title: "Word", required: true, start: "", longest: 12 },
    { ...base, name: "turns", kind: "number", hint: "How many.", start: "10", min: 1, max: 50, whole: true },
    { ...base, name: "speed", kind: "number", start: "", whole: false },
    { ...base, name: "size", kind: "choice", start: "10", choices: ["8", "10"], whole: true },
    { ...base, name: "fleet", kind: "choice", start: "small", choices: ["small", "large"] },
    { ...base, name: "hints", kind: "yes_no", start: "true" },
    { ...base, name: "theme", kind: "text", start: "" },
  ]);
});

test("what was typed goes out with the types of the schema, what was left empty not at all", () => {
  const inputs = { word: " ship ", turns: 12, speed: "", size: "8", fleet: "large", hints: "false", theme: "" };
  expect(valuesOf(fieldsOf(SCHEMA), inputs)).toEqual({
    word: "ship",
    turns: 12,
    size: 8,
    fleet: "large",
    hints: false,
  });
});

test("no schema, no fields", () => {
  expect(fieldsOf({})).toEqual([]);
});
