/** Every request this client makes, one line each. */
import type { ApiClient } from "./client";
import type { Account, Login, Page, ProfileChanges, QuizCategory, QuizOptions, RoomAnswer, RoomSummary } from "./types";

/** More than the server gives at once; a lobby of a hundred rooms is long enough. */
const LONGEST_PAGE = 100;

export type Endpoints = ReturnType<typeof endpoints>;

export function endpoints(client: ApiClient) {
  const get = <T>(path: string, query?: Record<string, string | number>) =>
    client.request<T>(path, query ? { query } : {});
  const post = <T>(path: string, body: unknown = {}) => client.request<T>(path, { method: "POST", body });
  const user = (answer: { user: Account }) => answer.user;
  const room = (answer: { room: RoomAnswer }) => answer.room;

  return {
    register: (body: { name: string; email: string; password: string }) => post("registration", body),
    logIn: (body: { name: string; password: string }) => post<Login>("login", body),
    logOut: () => post("logout"),
    logOutEverywhere: () => post("logout-all"),

    profile: () => get<{ user: Account }>("profile").then(user),
    changeProfile: (body: ProfileChanges) =>
      client.request<{ user: Account }>("profile", { method: "PATCH", body }).then(user),
    changeAvatar: (image: Blob) => post<{ user: Account }>("profile/avatar", avatarForm(image)).then(user),
    changePassword: (body: { old_password: string; new_password: string }) => post("profile/password", body),

    askReset: (email: string) => post("password-reset", { email }),
    confirmReset: (body: { uid: string; token: string; password: string }) => post("password-reset/confirm", body),

    openRooms: () => get<Page<RoomSummary>>("rooms", { page_size: LONGEST_PAGE }).then((page) => page.results),
    room: (id: number) => get<{ room: RoomAnswer }>(`rooms/${id}`).then(room),
    joinRoom: (id: number, password?: string) =>
      post<{ room: RoomAnswer }>(`rooms/${id}/join`, password ? { password } : {}).then(room),
    leaveRoom: (id: number) => post(`rooms/${id}/leave`),

    categories: (language: string) =>
      get<Page<QuizCategory>>("quiz/categories", { language, page_size: LONGEST_PAGE }).then((page) => page.results),
    newQuiz: (options: QuizOptions) => post<RoomAnswer>("quiz/new", options),
  };
}

function avatarForm(image: Blob): FormData {
  const form = new FormData();
  form.append("avatar", image);
  return form;
}
