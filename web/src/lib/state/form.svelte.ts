/** A form on its way to the server: busy, what failed, which fields were wrong. */
import { ApiError } from "$lib/api/client";
import { explain } from "$lib/app";
import { errorText, knowsError } from "$lib/i18n/index.svelte";

export class Form {
  busy = $state(false);
  error = $state("");
  fields = $state.raw<Readonly<Record<string, readonly string[]>>>({});

  #shown: ReadonlySet<string>;

  /** `shown` are the fields that say themselves what is wrong with them; the rest is said above the form. */
  constructor(...shown: string[]) {
    this.#shown = new Set(shown);
  }

  /** Runs `send` unless one is under way. True if it went through. */
  async submit(send: () => Promise<unknown>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.error = "";
    this.fields = {};
    try {
      await send();
      return true;
    } catch (error) {
      this.#fail(error);
      return false;
    } finally {
      this.busy = false;
    }
  }

  #fail(error: unknown): void {
    this.fields = error instanceof ApiError ? inOurWords(error) : {};
    const elsewhere = Object.entries(this.fields).filter(([field]) => !this.#shown.has(field));
    const said = elsewhere.flatMap(([, texts]) => texts).join(" ");
    const shownAtFields = Object.keys(this.fields).length > elsewhere.length;
    this.error = said || (shownAtFields ? "" : explain(error));
  }
}

/** What is wrong with each field; where the error as a whole has a text of ours, that, in the player's language. */
function inOurWords({ code, fields }: ApiError): ApiError["fields"] {
  if (!knowsError(code)) return fields;
  return Object.fromEntries(Object.keys(fields).map((field) => [field, [errorText(code, "")]]));
}

/** An `onsubmit` that keeps the page. */
export function onSubmit(send: () => void): (event: SubmitEvent) => void {
  return (event) => {
    event.preventDefault();
    send();
  };
}
