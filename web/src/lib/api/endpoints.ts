/** Every request this client makes, one line each; paths, bodies and answers are checked against the schema. */
import type { ApiClient } from "./client";
import type { Answer, Body, Path, Query, QuizOptions } from "./types";

export function endpoints(client: ApiClient) {
  const get = <P extends Path>(path: P, query?: Query<P, "get">, id?: number) =>
    client.request<Answer<P, "get">>(filled(path, id), { query });
  const post = <P extends Path>(path: P, body: Body<P, "post"> | FormData | Record<string, never>, id?: number) =>
    client.request<Answer<P, "post">>(filled(path, id), { method: "POST", body });
  const patch = <P extends Path>(path: P, body: Body<P, "patch">) =>
    client.request<Answer<P, "patch">>(path, { method: "PATCH", body });

  return {
    register: (body: Body<"/api/v1/registration", "post">) => post("/api/v1/registration", body),
    logIn: (body: Body<"/api/v1/login", "post">) => post("/api/v1/login", body),
    logOut: () => post("/api/v1/logout", {}),
    logOutEverywhere: () => post("/api/v1/logout-all", {}),

    profile: async () => (await get("/api/v1/profile")).user,
    changeProfile: async (body: Body<"/api/v1/profile", "patch">) => (await patch("/api/v1/profile", body)).user,
    changeAvatar: async (image: Blob) => (await post("/api/v1/profile/avatar", avatarForm(image))).user,
    changePassword: (body: Body<"/api/v1/profile/password", "post">) => post("/api/v1/profile/password", body),
    changeEmail: (body: Body<"/api/v1/profile/email", "post">) => post("/api/v1/profile/email", body),
    confirmEmail: (token: string) => post("/api/v1/profile/email/confirm", { token }),

    askReset: (email: string) => post("/api/v1/password-reset", { email }),
    confirmReset: (body: Body<"/api/v1/password-reset/confirm", "post">) =>
      post("/api/v1/password-reset/confirm", body),

    openRooms: async () => (await get("/api/v1/rooms")).results,
    room: async (id: number) => (await get("/api/v1/rooms/{room_id}", undefined, id)).room,
    joinRoom: async (id: number, password?: string) =>
      (await post("/api/v1/rooms/{room_id}/join", password ? { password } : {}, id)).room,
    leaveRoom: (id: number) => post("/api/v1/rooms/{room_id}/leave", {}, id),

    categories: async (language: QuizOptions["language"]) =>
      (await get("/api/v1/quiz/categories", language ? { language } : {})).results,
    newQuiz: (options: QuizOptions) => post("/api/v1/quiz/new", options),
  };
}

/** The path with its one id in place. */
function filled(path: Path, id?: number): string {
  return path.replace(/\{\w+\}/, String(id));
}

function avatarForm(image: Blob): FormData {
  const form = new FormData();
  form.append("avatar", image);
  return form;
}
