/** Which page an address means. Pure; the history is in router.svelte.ts. */
export type Route =
  | { page: "lobby" | "login" | "signup" | "forgot" | "reset" | "confirm" | "profile" | "missing" }
  | { page: "room"; id: number };

const PAGES = { "/": "lobby", "/login": "login", "/signup": "signup", "/forgot": "forgot" } as const;
const MORE = { "/reset": "reset", "/confirm": "confirm", "/profile": "profile" } as const;
const BY_PATH: Readonly<Record<string, Exclude<Route["page"], "room">>> = { ...PAGES, ...MORE };

export function routeOf(path: string): Route {
  const clean = path.length > 1 ? path.replace(/\/+$/, "") : path;
  const room = /^\/rooms\/(\d{1,15})$/.exec(clean);
  if (room) return { page: "room", id: Number(room[1]) };
  return { page: BY_PATH[clean] ?? "missing" };
}

/** Pages for those who are not signed in. */
export function isForGuests(route: Route): boolean {
  return ["login", "signup", "forgot"].includes(route.page) || isForAll(route);
}

/** Pages that the links of mails lead to, for those who are signed in as well. */
export function isForAll(route: Route): boolean {
  return ["reset", "confirm"].includes(route.page);
}

/** A `next` address from a query, only if it leads to a page of ours. */
export function safeNext(next: string | null): string {
  return next && /^\/(?!\/|\\)/.test(next) && !isForGuests(routeOf(next)) ? next : "/";
}

/** A page for guests that leads on to `next` once they are in. */
export function withNext(path: string, next: string | null): string {
  const wanted = safeNext(next);
  return wanted === "/" ? path : `${path}?next=${encodeURIComponent(wanted)}`;
}
