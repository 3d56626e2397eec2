/** The one session, API, socket and list of games of this page, tied together. */
import { ApiClient, ApiError } from "$lib/api/client";
import { endpoints } from "$lib/api/endpoints";
import { Games } from "$lib/games.svelte";
import { errorText, language, languageWasChosen, setLanguage, t } from "$lib/i18n/index.svelte";
import { Live } from "$lib/state/live.svelte";
import { Session } from "$lib/state/session.svelte";
import { toast } from "$lib/state/toasts.svelte";
import { signsOut } from "$lib/wire/close-codes";
import { openSockJs } from "$lib/wire/transport";
import { GAMES } from "../games";

/** Socket errors that say nothing a player could act on, or that the banner says already. */
const QUIET = new Set(["already_connected", "not_connected", "degraded"]);

export const session = new Session();

export const client = new ApiClient({
  token: () => session.token,
  language,
  refused: (code) => session.end(code),
});

export const api = endpoints(client);

export const games = new Games(GAMES);

export const live = new Live(
  openSockJs,
  {
    refused: (code) => {
      if (signsOut(code)) session.end(code);
    },
    failed: (code, message) => {
      if (!QUIET.has(code)) toast(errorText(code, message), "bad");
    },
  },
  games,
);

/** Keeps the socket as the session is: call from an effect. */
export function followSession(): void {
  const { user, token } = session;
  if (user && token) live.start({ id: user.id, name: user.name, token });
  else live.stop();
}

/** Signs in and takes over the player's language unless one was chosen on this device. */
export async function logIn(name: string, password: string): Promise<void> {
  const login = await api.logIn({ name, password });
  session.begin(login);
  if (!languageWasChosen()) setLanguage(login.user.language);
}

export async function logOut(everywhere = false): Promise<void> {
  await (everywhere ? api.logOutEverywhere() : api.logOut()).catch(() => undefined);
  session.end();
}

/** Brings the cached profile up to date; a dead token ends the session on its way. */
export async function refreshProfile(): Promise<void> {
  if (!session.token) return;
  const user = await api.profile().catch(() => null);
  if (user) session.update(user);
}

/** A failed request in the player's words. */
export function explain(error: unknown): string {
  if (!(error instanceof ApiError)) return errorText(error instanceof Error ? error.message : "", "");
  if (error.status === 429 && error.retryAfter) return t("error.throttled_for", { n: Math.ceil(error.retryAfter) });
  return errorText(error.status === 429 ? "throttled" : error.code, error.message);
}
