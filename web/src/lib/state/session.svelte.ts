/** Who is signed in here. The token lives in localStorage, so that a closed tab comes back signed in. */
import type { Account, Login } from "$lib/api/types";

const STORED = "gamehub.session";

interface Stored {
  token: string;
  user: Account;
}

export class Session {
  #stored = $state.raw<Stored | null>(read());
  /** Close code that ended the last session, 0 if it ended as its owner wished. */
  endedBy = $state(0);

  constructor() {
    // Another tab of ours signed in or out.
    addEventListener("storage", (event) => {
      if (event.key === STORED || event.key === null) this.#stored = read();
    });
  }

  get user(): Account | null {
    return this.#stored?.user ?? null;
  }

  get token(): string | null {
    return this.#stored?.token ?? null;
  }

  begin({ token, user }: Login): void {
    this.endedBy = 0;
    this.#keep({ token, user });
  }

  update(user: Account): void {
    if (this.#stored) this.#keep({ ...this.#stored, user });
  }

  end(code = 0): void {
    this.endedBy = code;
    this.#stored = null;
    localStorage.removeItem(STORED);
  }

  #keep(stored: Stored): void {
    this.#stored = stored;
    localStorage.setItem(STORED, JSON.stringify(stored));
  }
}

function read(): Stored | null {
  try {
    const value = JSON.parse(localStorage.getItem(STORED) ?? "null") as Stored | null;
    return value && typeof value.token === "string" && typeof value.user?.id === "number" ? value : null;
  } catch {
    return null;
  }
}
