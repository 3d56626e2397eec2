/** The bodies of the REST API under /api/v1/, as far as this client reads them. */
import type { Category, RoomView } from "$lib/wire/messages";

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

/** A line of the lobby's list; less of the room than a member sees, and older. */
export type RoomSummary = Pick<RoomView, "room_id" | "game" | "name" | "state"> &
  Partial<RoomView> & { cnt_players?: number };

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
