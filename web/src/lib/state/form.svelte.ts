/** A form on its way to the server: busy, what failed, which fields were wrong. */
import { ApiError } from "$lib/api/client";
import { explain } from "$lib/app";

export class Form {
  busy = $state(false);
  error = $state("");
  fields = $state.raw<Readonly<Record<string, readonly string[]>>>({});

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
    this.fields = error instanceof ApiError ? error.fields : {};
    const shownAtFields = Object.keys(this.fields).some((field) => field !== "non_field_errors");
    this.error = shownAtFields ? "" : (this.fields.non_field_errors?.join(" ") ?? explain(error));
  }
}

/** An `onsubmit` that keeps the page. */
export function onSubmit(send: () => void): (event: SubmitEvent) => void {
  return (event) => {
    event.preventDefault();
    send();
  };
}
