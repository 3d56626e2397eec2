/** The quiz's own requests. */
import type { components } from "$generated/api";
import { requests } from "$lib/api/requests";
import type { Body } from "$lib/api/types";
import { client } from "$lib/app";
import { openRoom } from "$lib/rooms";

export type QuizCategory = components["schemas"]["Category"];
export type QuizOptions = Body<"/api/v1/quiz/new", "post">;

const { get, post } = requests(client);

export async function categories(language: NonNullable<QuizOptions["language"]>): Promise<QuizCategory[]> {
  return (await get("/api/v1/quiz/categories", { language })).results;
}

/** Makes the room and goes there. */
export function openQuiz(options: QuizOptions): Promise<void> {
  return openRoom(() => post("/api/v1/quiz/new", options), options.password);
}
