/** The bodies of the REST API under /api/v1/, as far as this client reads them. */
import type { Category, RoomView, UserRef } from "$lib/wire/messages";

export type Language = "en" | "ru" | "uk";

export interface Account {
  id: number;
  name: string;
  email: string;
  language: Language;
  about: string;
  avatar: string | null;
  /** Coins won. */
  account: number;
  rating: number;
}

export interface Login {
  token: string;
  expiry: string;
  user: Account;
}

/** A room as REST answers it. Who is outside a private one is told how many play, not who. */
export type RoomAnswer = RoomView & { cnt_players: number };

/** A line of the lobby's list; less of the room than a member sees, and older. */
export type RoomSummary = Pick<RoomView, "room_id" | "game" | "name" | "state" | "capacity" | "private"> & {
  owner: UserRef | null;
  cnt_players: number;
  category?: Category | null;
};

export interface QuizCategory extends Category {
  language?: string;
  cnt_questions: number;
}

export interface Page<T> {
  count?: number;
  next?: string | null;
  results: T[];
}

export interface QuizOptions {
  category: number;
  name?: string;
  questions?: number;
  max_time?: number;
  min_players?: number;
  language?: Language;
  password?: string;
}

export type ProfileChanges = Partial<Pick<Account, "name" | "email" | "language" | "about">>;
