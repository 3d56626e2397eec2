/** A small model of the server's side of a room: it makes events and can say at any version what a fresh view is. */
import type { RoomEvent } from "$lib/room/view";
import type { PlayerView } from "$lib/wire/messages";
import type { Attempt, Question, QuizView } from "../src/games/quiz/wire";

/** An event as it is sent, with whatever its kind has. */
export type Told = RoomEvent & Record<string, unknown>;

const TRIES = 50;

export function question(number: number): Question {
  const q = `Question ${number}?`;
  return { id: 300 + number, q, image: null, audio: null, video: null, number, texts: { en: q } };
}

export function player(id: number, score = 0): PlayerView {
  return { id, name: `player ${id}`, account: 0, rating: 1500, score, player: null };
}

export function emptyView(): QuizView {
  return {
    room_id: 7,
    mark: null,
    game: "quiz",
    name: "stage",
    state: "waiting",
    v: 0,
    max_time: 20,
    cnt_questions: 5,
    question: null,
    category: { id: 3, name: "Capitals" },
    players: [],
    phase: "waiting",
    phase_ends: null,
    time: 0,
    hint: null,
    owner: 1,
    capacity: 50,
    private: false,
    min_players: 1,
    language: "en",
    tries: [],
    results: null,
    code: "",
    options: {},
    spectators: 0,
    locked: false,
    paused: null,
    powers: [],
  };
}

export class Theatre {
  view = emptyView();
  events: Told[] = [];
  /** The fresh view at each version. */
  views: QuizView[] = [structuredClone(this.view)];

  join(id: number): void {
    const players = [...this.view.players.filter((one) => one.id !== id), player(id)];
    this.#commit({ players }, { action: "player_joined", room_id: 7, v: 0, user: player(id) });
  }

  leave(id: number): void {
    const gone = this.#seat(id);
    const players = this.view.players.filter((one) => one.id !== id);
    this.#commit({ players }, { action: "player_left", room_id: 7, v: 0, reason: "left", user: gone });
  }

  try(id: number, answer: string, is_true = false): void {
    const { name, account, rating } = this.#seat(id);
    const one: Attempt = {
      user: { id, name, account, rating },
      answer,
      is_true,
      time: this.view.v,
    };
    const tries = [...this.view.tries, one].slice(-TRIES);
    this.#commit({ tries }, { action: "new_answer", room_id: 7, v: 0, ...one });
  }

  hint(): void {
    const hint = `hint ${this.view.v}`;
    const id = this.view.question?.id ?? 0;
    const phase_ends = this.view.v * 1000;
    this.#commit(
      { hint, hints: { en: hint }, phase: "hint", phase_ends },
      { action: "hint", room_id: 7, v: 0, id, hint, hints: { en: hint }, phase_ends },
    );
  }

  /** The next question, or the first. `winner` gets a point. */
  next(winner: number | null): void {
    const before = this.view.question;
    const asked = question((before?.number ?? 0) + 1);
    const phase_ends = this.view.v * 1000;
    const players = this.view.players.map((one) => (one.id === winner ? { ...one, score: one.score + 1 } : one));
    const change = { question: asked, players, hint: null, hints: {}, state: "running", phase: "question", phase_ends };
    this.#commit(change, {
      action: "next_question",
      room_id: 7,
      v: 0,
      is_answered: winner !== null,
      who_won: winner,
      right_answer: before ? `answer ${before.number}` : null,
      question: asked,
      phase_ends,
      explanation: null,
      answers: before ? { en: `answer ${before.number}` } : {},
      explanations: {},
    });
  }

  close(): void {
    const results = this.view.players.map(({ id, name, score, rating }) => ({ id, name, score, rating, prize: 0 }));
    const change = { results, state: "closed", phase: "over", question: null, phase_ends: null, hint: null, hints: {} };
    this.#commit(change, {
      action: "close_room",
      room_id: 7,
      v: 0,
      reason: "finished",
      message: "The quiz is over.",
      results,
    });
  }

  /** `count` things that may happen in a room, one after the other. */
  playAtRandom(count: number, random: () => number): void {
    for (let i = 0; i < count; i++) this.#atRandom(random);
  }

  #atRandom(random: () => number): void {
    const seats = this.view.players;
    const someone = seats[Math.floor(random() * seats.length)]?.id;
    const dice = random();
    if (someone === undefined || dice < 0.15) this.join(1 + Math.floor(random() * 6));
    else if (dice < 0.25) this.leave(someone);
    else if (dice < 0.75) this.try(someone, `try ${this.view.v}`, random() < 0.2);
    else if (dice < 0.85 && this.view.question) this.hint();
    else this.next(random() < 0.5 ? someone : null);
  }

  #seat(id: number): PlayerView {
    return this.view.players.find((one) => one.id === id) ?? player(id);
  }

  #commit(change: Partial<QuizView>, event: Told): void {
    const v = this.view.v + 1;
    this.view = { ...this.view, ...change, v };
    this.views.push(structuredClone(this.view));
    this.events.push({ ...event, v });
  }
}

/** The same chances for the same seed (mulberry32). */
export function chances(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
