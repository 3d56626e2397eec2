/** The shape of a language, and how a message becomes text. Pure. */
import type { en } from "./en";

export type Message = string | ({ other: string } & Partial<Record<Intl.LDMLPluralRule, string>>);
export type Key = keyof typeof en;
export type Messages = Record<Key, Message>;
export type Values = Record<string, string | number>;

/** `messages[key]` with `{name}` places filled; a plural is chosen by `values.n`. */
export function format(messages: Messages, language: string, key: Key, values: Values = {}): string {
  const message = messages[key];
  const text = typeof message === "string" ? message : plural(message, language, Number(values.n ?? 0));
  return text.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}

function plural(forms: Exclude<Message, string>, language: string, n: number): string {
  return forms[new Intl.PluralRules(language).select(n)] ?? forms.other;
}
