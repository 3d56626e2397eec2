/** The shape of a language, and how a message becomes text. Pure. */
import type { en } from "./en";

export type Message = string | ({ other: string } & Partial<Record<Intl.LDMLPluralRule, string>>);
export type Key = keyof typeof en;
/** All of a language, by key; of the platform unless said otherwise. */
export type Messages<Keys extends string = Key> = Readonly<Record<Keys, Message>>;
export type Values = Record<string, string | number>;

/** `messages[key]` with `{name}` places filled; a plural is chosen by `values.n`. */
export function format<Keys extends string>(
  messages: Messages<Keys>,
  language: string,
  key: Keys,
  values: Values = {},
): string {
  const message = messages[key];
  const text = typeof message === "string" ? message : plural(message, language, Number(values.n ?? 0));
  return text.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}

function plural(forms: Exclude<Message, string>, language: string, n: number): string {
  return forms[new Intl.PluralRules(language).select(n)] ?? forms.other;
}
