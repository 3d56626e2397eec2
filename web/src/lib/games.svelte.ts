/** Loads the games' modules, each once, and knows which are there. It is given the list, and names none. */
import type { AnyGame } from "../games/module";
import { addWords } from "./i18n/index.svelte";
import type { GameRules, RulesSource } from "./room/rules";
import { NO_RULES } from "./room/rules";

export type Loaders = Readonly<Record<string, () => Promise<{ default: AnyGame }>>>;
/** `missing`: there is no such game here; `failed`: it could not be loaded, which a reload of the page may mend. */
export type GameStatus = AnyGame | "loading" | "missing" | "failed";

export class Games implements RulesSource {
  readonly names: readonly string[];
  #loaders: Loaders;
  #loaded = $state.raw<Readonly<Record<string, AnyGame | "failed">>>({});
  #underWay = new Map<string, Promise<AnyGame | null>>();

  constructor(loaders: Loaders) {
    this.#loaders = loaders;
    this.names = Object.keys(loaders);
  }

  status(game: string): GameStatus {
    if (!Object.hasOwn(this.#loaders, game)) return "missing";
    return this.#loaded[game] ?? "loading";
  }

  /** The module, if it is there already. */
  module(game: string): AnyGame | null {
    const status = this.status(game);
    return typeof status === "string" ? null : status;
  }

  known(game: string): GameRules | undefined {
    return this.status(game) === "missing" ? NO_RULES : this.module(game)?.rules;
  }

  async load(game: string): Promise<GameRules> {
    return (await this.open(game))?.rules ?? NO_RULES;
  }

  /** Loads the module; null when there is none, or it can't be loaded. */
  open(game: string): Promise<AnyGame | null> {
    const loader = Object.hasOwn(this.#loaders, game) ? this.#loaders[game] : undefined;
    if (!loader) return Promise.resolve(null);
    const before = this.#underWay.get(game);
    if (before) return before;
    const loading = loader().then(
      (found) => this.#keep(game, found.default),
      () => this.#keep(game, "failed"),
    );
    this.#underWay.set(game, loading);
    return loading;
  }

  #keep(game: string, found: AnyGame | "failed"): AnyGame | null {
    this.#loaded = { ...this.#loaded, [game]: found };
    if (found === "failed") {
      this.#underWay.delete(game);
      return null;
    }
    addWords(found.words);
    return found;
  }
}
