/** Something fetched again and again while the page is looked at. Made inside a component; stops with it. */
import { onMount } from "svelte";

export class Polled<T> {
  value = $state.raw<T | null>(null);
  failed = $state(false);
  #load: () => Promise<T>;
  #underWay = false;

  constructor(load: () => Promise<T>, everyMs: number) {
    this.#load = load;
    onMount(() => {
      void this.refresh();
      const seen = () => document.visibilityState === "visible" && void this.refresh();
      const timer = everyMs > 0 ? setInterval(seen, everyMs) : undefined;
      document.addEventListener("visibilitychange", seen);
      return () => {
        clearInterval(timer);
        document.removeEventListener("visibilitychange", seen);
      };
    });
  }

  async refresh(): Promise<void> {
    if (this.#underWay) return;
    this.#underWay = true;
    try {
      this.value = await this.#load();
      this.failed = false;
    } catch {
      this.failed = true;
    } finally {
      this.#underWay = false;
    }
  }
}
