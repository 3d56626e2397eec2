/** Every request of the platform, one line each; a game has its own beside it. */
import type { ApiClient } from "./client";
import { requests } from "./requests";
import type { Body } from "./types";

export function endpoints(client: ApiClient) {
  const { get, post, patch } = requests(client);

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

    newRoom: async (body: Body<"/api/v1/rooms", "post">) => (await post("/api/v1/rooms", body)).room,
  };
}

function avatarForm(image: Blob): FormData {
  const form = new FormData();
  form.append("avatar", image);
  return form;
}
