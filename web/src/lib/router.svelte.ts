/** The address bar as state: history API, no hash. */
import { routeOf, withNext } from "./routes";

let address = $state(read());

const route = $derived(routeOf(address.path));

export const router = {
  get route() {
    return route;
  },
  get query() {
    return new URLSearchParams(address.search);
  },
  get here(): string {
    return address.path + address.search;
  },
};

/** The address of another page for guests; where they were going is kept on the way. */
export function guestPage(path: string): string {
  return withNext(path, router.query.get("next"));
}

export function navigate(to: string, how: "push" | "replace" = "push"): void {
  if (to === router.here) return;
  if (how === "push") history.pushState(null, "", to);
  else history.replaceState(null, "", to);
  address = read();
  scrollTo(0, 0);
}

/** Lets plain links move without loading the page again. Call once. */
export function listenToLinks(): void {
  addEventListener("popstate", () => {
    address = read();
  });
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (!link || !isOurs(link, event)) return;
    event.preventDefault();
    navigate(link.pathname + link.search);
  });
}

function isOurs(link: HTMLAnchorElement, event: MouseEvent): boolean {
  const plain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
  return plain && !event.defaultPrevented && link.origin === location.origin && !link.target && !link.download;
}

function read() {
  return { path: location.pathname, search: location.search };
}
