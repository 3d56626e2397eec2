/**
 * A form out of a JSON Schema, as far as options of a game go: an object with numbers, texts, choices and yes/no. What
 * is none of these is left to the server's default. Pure.
 */
export interface JsonSchema {
  type?: string | readonly string[];
  title?: string;
  description?: string;
  default?: unknown;
  enum?: readonly unknown[];
  const?: unknown;
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  properties?: Readonly<Record<string, JsonSchema>>;
  required?: readonly string[];
  $ref?: string;
  $defs?: Readonly<Record<string, JsonSchema>>;
  anyOf?: readonly JsonSchema[];
}

export interface FormField {
  name: string;
  kind: "number" | "text" | "choice" | "yes_no";
  /** The schema's own words, in English; "" where it has none. */
  title: string;
  hint: string;
  required: boolean;
  /** What stands in the field at first. */
  start: string;
  choices: readonly string[];
  min?: number;
  max?: number;
  whole?: boolean;
  longest?: number;
}

export type Inputs = Readonly<Record<string, string | number>>;

export function fieldsOf(schema: JsonSchema): FormField[] {
  const whole = resolved(schema, schema);
  const required = new Set(whole.required);
  return Object.entries(whole.properties ?? {}).flatMap(([name, part]) => {
    return fieldOf(name, resolved(part, schema), required.has(name)) ?? [];
  });
}

/** What was typed as the game's options; fields left empty are left out, so that the server's default holds. */
export function valuesOf(fields: readonly FormField[], inputs: Inputs): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const field of fields) {
    const text = String(inputs[field.name] ?? "").trim();
    if (text) values[field.name] = typed(field, text);
  }
  return values;
}

function typed(field: FormField, text: string): unknown {
  if (field.kind === "yes_no") return text === "true";
  return field.kind === "number" || field.whole !== undefined ? Number(text) : text;
}

function fieldOf(name: string, schema: JsonSchema, required: boolean): FormField | null {
  const kind = kindOf(schema);
  if (!kind) return null;
  const limits = { min: schema.minimum, max: schema.maximum, longest: schema.maxLength };
  return {
    name,
    kind,
    title: schema.title ?? "",
    hint: schema.description ?? "",
    required,
    start: startOf(schema, kind),
    choices: (schema.enum ?? []).filter((one) => one !== null).map(String),
    ...Object.fromEntries(Object.entries(limits).filter(([, limit]) => limit !== undefined)),
    ...(isNumber(schema) ? { whole: typesOf(schema).includes("integer") } : {}),
  };
}

function startOf(schema: JsonSchema, kind: FormField["kind"]): string {
  if (schema.default !== undefined && schema.default !== null) return String(schema.default);
  return kind === "yes_no" ? "false" : "";
}

function kindOf(schema: JsonSchema): FormField["kind"] | null {
  if (schema.enum) return "choice";
  if (isNumber(schema)) return "number";
  if (typesOf(schema).includes("string")) return "text";
  return typesOf(schema).includes("boolean") ? "yes_no" : null;
}

function typesOf({ type, enum: values }: JsonSchema): readonly string[] {
  if (values?.every((one) => typeof one === "number")) return values.every(Number.isInteger) ? ["integer"] : ["number"];
  return typeof type === "string" ? [type] : (type ?? []);
}

function isNumber(schema: JsonSchema): boolean {
  return typesOf(schema).some((type) => type === "number" || type === "integer");
}

/** With `$ref` followed, and of "this or null" the this. */
function resolved(schema: JsonSchema, whole: JsonSchema): JsonSchema {
  if (schema.$ref) {
    const found = whole.$defs?.[schema.$ref.split("/").at(-1) ?? ""];
    return found ? { ...resolved(found, whole), ...without$ref(schema) } : {};
  }
  const real = schema.anyOf?.filter((one) => one.type !== "null");
  return real?.length === 1 && real[0] ? { ...resolved(real[0], whole), ...withoutAnyOf(schema) } : schema;
}

function without$ref({ $ref: _, ...rest }: JsonSchema): JsonSchema {
  return rest;
}

function withoutAnyOf({ anyOf: _, ...rest }: JsonSchema): JsonSchema {
  return rest;
}
